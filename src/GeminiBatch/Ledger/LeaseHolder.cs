using System.Diagnostics;
using System.Globalization;

namespace GeminiBatch;

/// <summary>The process that drives a run: where it runs, its id and its start, so that a reused id is not taken for it.</summary>
/// <param name="Host">The machine; on Linux with its boot and its table of processes, because containers may share a machine's name and not its processes.</param>
/// <param name="Process">The process's id.</param>
/// <param name="StartedAt">When it started: on Linux in ticks since the boot, which no change of the clock moves; elsewhere in milliseconds of Unix time.</param>
internal sealed record LeaseHolder(string Host, int Process, long StartedAt)
{
    // Two readings of one process's start may differ by a tick of the boot clock.
    private const long StartToleranceMilliseconds = 2_000;

    private const int StartField = 22;
    private static readonly string s_place = Place();

    public static LeaseHolder Current { get; } = Of(System.Diagnostics.Process.GetCurrentProcess());

    /// <summary>The machine's name alone.</summary>
    public string Machine => Host.Split(' ')[0];

    /// <summary>Whether the holder certainly runs no more. A process of another place is never known to be dead.</summary>
    public bool IsDead()
    {
        if (!string.Equals(Host, s_place, StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(Process);
            return Math.Abs(Of(process).StartedAt - StartedAt) > (OperatingSystem.IsLinux() ? 0 : StartToleranceMilliseconds);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or IOException or UnauthorizedAccessException)
        {
            // It exists and belongs to somebody else.
            return false;
        }
    }

    public static LeaseHolder Of(Process process) => new(
        s_place,
        process.Id,
        OperatingSystem.IsLinux() ? TicksOf(process.Id) : new DateTimeOffset(process.StartTime.ToUniversalTime(), TimeSpan.Zero).ToUnixTimeMilliseconds());

    // The name in the second field may hold blanks and brackets: the fields are counted from its end.
    private static long TicksOf(int process)
    {
        var line = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
        return long.Parse(line[(line.LastIndexOf(')') + 2)..].Split(' ')[StartField - 3], CultureInfo.InvariantCulture);
    }

    private static string Place()
    {
        if (OperatingSystem.IsLinux())
        {
            try
            {
                return $"{Environment.MachineName} {File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()} {new FileInfo("/proc/self/ns/pid").LinkTarget}";
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Without them the name has to do.
            }
        }

        return Environment.MachineName;
    }
}
