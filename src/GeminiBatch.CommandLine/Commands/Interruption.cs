using System.Runtime.InteropServices;

namespace GeminiBatch;

/// <summary>
/// The first Ctrl-C (or SIGTERM) stops waiting in good order, jobs go on at the backend. The second one ends the process as the system does.
/// A request that creates a job is finished first: what that means is told once it takes longer than a moment.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan s_moment = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _source;
    private readonly AppConsole _console;
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private readonly CancellationTokenSource _ended = new();
    private int _count;
    private volatile int _exitCode = CommandError.Interrupted;

    public Interruption(AppConsole console, CancellationToken cancellationToken)
    {
        _console = console;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    }

    public CancellationToken Token => _source.Token;

    public bool Requested => Volatile.Read(ref _count) > 0;

    /// <summary>128 and the signal's number.</summary>
    public int ExitCode => _exitCode;

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref _count) > 1)
        {
            _console.RestoreCursor();
            return;
        }

        context.Cancel = true;
        _exitCode = context.Signal == PosixSignal.SIGTERM ? CommandError.Terminated : CommandError.Interrupted;
        _source.Cancel();
        _ = ExplainAsync(_ended.Token);
    }

    private async Task ExplainAsync(CancellationToken ended)
    {
        try
        {
            await Task.Delay(s_moment, ended);
            _console.Note("Stopping: the request that is under way is finished first, so that nothing is paid twice. Ctrl-C again ends at once; the next start then looks for what it made.");
        }
        catch (OperationCanceledException)
        {
            // Stopped in time.
        }
    }
}
