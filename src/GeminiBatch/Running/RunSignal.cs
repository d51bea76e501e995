namespace GeminiBatch;

/// <summary>Wakes everybody who waits for the run to change. A change between two waits is not missed: take the wait before looking.</summary>
internal sealed class RunSignal
{
    private volatile TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next change.</summary>
    public Task Next => _changed.Task;

    public void Raise() => Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
