using System.Runtime.InteropServices;

namespace GeminiBatch;

/// <summary>
/// The first Ctrl-C (or SIGTERM) stops waiting in good order, jobs go on at the backend. The second one ends the process as the system does.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly AppConsole _console;
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private int _count;

    public Interruption(AppConsole console, CancellationToken cancellationToken)
    {
        _console = console;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    }

    public CancellationToken Token => _source.Token;

    public bool Requested => Volatile.Read(ref _count) > 0;

    public void Dispose()
    {
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
        _source.Cancel();
    }
}
