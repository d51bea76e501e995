namespace GeminiBatch;

/// <summary>One driving of a run, shared by those who want it.</summary>
internal sealed class Drive : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    public Drive(Func<CancellationToken, Task> run) => Task = System.Threading.Tasks.Task.Run(() => run(_cancellation.Token));

    public Task Task { get; }

    /// <summary>Those who want it driven; guarded by the <see cref="SharedDriving"/>.</summary>
    public int Users { get; set; }

    /// <summary>Stops it, waits until what was begun is finished, and ends the driving's use. How it ended is told to those who awaited <see cref="Task"/>.</summary>
    public async Task StopAsync()
    {
        if (!Task.IsCompleted)
        {
            await _cancellation.CancelAsync().ConfigureAwait(false);
        }

        await Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Dispose();
    }

    public void Dispose() => _cancellation.Dispose();
}
