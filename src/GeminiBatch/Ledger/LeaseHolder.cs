using System.Diagnostics;

namespace GeminiBatch;

/// <summary>The process that drives a run: machine, process id and start time, so that a reused id is not taken for it.</summary>
internal sealed record LeaseHolder(string Host, int Process, long StartedAt)
{
    // Two readings of one process's start may differ by a tick of the boot clock.
    private const long StartToleranceMilliseconds = 2_000;

    public static LeaseHolder Current { get; } = Of(System.Diagnostics.Process.GetCurrentProcess());

    /// <summary>Whether the holder certainly runs no more. A process of another machine is never known to be dead.</summary>
    public bool IsDead()
    {
        if (!string.Equals(Host, Environment.MachineName, StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(Process);
            return Math.Abs(Of(process).StartedAt - StartedAt) > StartToleranceMilliseconds;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return true;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // It exists and belongs to somebody else.
            return false;
        }
    }

    private static LeaseHolder Of(Process process) =>
        new(Environment.MachineName, process.Id, new DateTimeOffset(process.StartTime.ToUniversalTime(), TimeSpan.Zero).ToUnixTimeMilliseconds());
}
