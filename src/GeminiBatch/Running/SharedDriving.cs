namespace GeminiBatch;

/// <summary>The driving of a run by one handle, which all who want its results share: the first begins it, the last to leave stops it.</summary>
/// <param name="work">Drives the run until it ends or is stopped.</param>
/// <param name="signal">Told when a driving has ended.</param>
internal sealed class SharedDriving(Func<CancellationToken, Task> work, RunSignal signal) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private Drive? _drive;
    private bool _isClosed;
    private bool _hasDriven;

    /// <summary>Whether there was a driving, or there will be none any more, and nothing is driven now.</summary>
    public bool HasEnded
    {
        get
        {
            lock (_lock)
            {
                return _isClosed || (_hasDriven && _drive is null or { Task.IsCompleted: true });
            }
        }
    }

    /// <summary>The driving that is under way, or a new one. Leave it when done with it.</summary>
    public Drive Join()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_drive is null || _drive.Task.IsCompleted)
            {
                _drive = new(work);
                _ = _drive.Task.ContinueWith(_ => signal.Raise(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }

            _drive.Users++;
            return _drive;
        }
    }

    /// <summary>The driving that is under way, if there is one. Leave it when done with it.</summary>
    public Drive? JoinCurrent()
    {
        lock (_lock)
        {
            if (_drive is null || _drive.Task.IsCompleted)
            {
                return null;
            }

            _drive.Users++;
            return _drive;
        }
    }

    /// <summary>Leaves a driving; the last one to leave stops it and waits until what was begun is finished.</summary>
    public async Task LeaveAsync(Drive drive)
    {
        lock (_lock)
        {
            if (--drive.Users > 0)
            {
                return;
            }

            // Who joins from here on gets a driving of its own, which begins when this one has ended.
            _drive = _drive == drive && !drive.Task.IsCompleted ? null : _drive;
        }

        await drive.StopAsync().ConfigureAwait(false);
    }

    /// <summary>Notes that the run was driven by this handle.</summary>
    public void NoteDriven()
    {
        lock (_lock)
        {
            _hasDriven = true;
        }
    }

    /// <summary>Lets nobody join any more and stops what is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        Drive? drive;
        lock (_lock)
        {
            _isClosed = true;
            (drive, _drive) = (_drive, null);
        }

        if (drive is not null)
        {
            await drive.StopAsync().ConfigureAwait(false);
        }
    }
}
