using Spectre.Console;

namespace GeminiBatch;

/// <summary>
/// Shows a run while it goes on: drawn live for a person, as plain lines in a pipe. One task owns the display and is fed by snapshots.
/// </summary>
internal sealed class ProgressDisplay : IAsyncDisposable
{
    private static readonly TimeSpan s_plainInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_phaseInterval = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _stop;
    private readonly Task _owner;

    private ProgressDisplay(CancellationTokenSource stop, Task owner)
    {
        _stop = stop;
        _owner = owner;
    }

    public static ProgressDisplay Start(CommandContext context, ExtractionRun run, string backend)
    {
        var stop = new CancellationTokenSource();
        var owner = context.Settings.Json && !context.Console.IsLive
            ? Task.CompletedTask
            : context.Console.IsLive
                ? Task.Run(() => DrawAsync(context.Console.Err, run, backend, stop.Token))
                : Task.Run(() => PrintAsync(context.Console, run, stop.Token));
        return new ProgressDisplay(stop, owner);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _owner;
        }
#pragma warning disable CA1031 // The work tells what went wrong with the run; what went wrong with showing it must not hide that.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        _stop.Dispose();
    }

    private static Task DrawAsync(IAnsiConsole console, ExtractionRun run, string backend, CancellationToken stop) =>
        console.Live(Text.Empty).AutoClear(true).StartAsync(async live =>
        {
            try
            {
                await foreach (var progress in run.WatchAsync(stop))
                {
                    live.UpdateTarget(ProgressText.Panel(progress, backend, console.Profile.Width));
                    live.Refresh();
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The display clears what it has drawn only when it ends in good order.
            }
        });

    private static async Task PrintAsync(AppConsole console, ExtractionRun run, CancellationToken stop)
    {
        RunProgress? printed = null;
        RunProgress? held = null;
        await using var updates = run.WatchAsync(stop).GetAsyncEnumerator(stop);
        var next = updates.MoveNextAsync().AsTask();
        while (true)
        {
            // A phase that came too soon to be printed, and stays, is told too.
            if (held is not null && await Task.WhenAny(next, Task.Delay(s_phaseInterval, stop)) != next)
            {
                printed = held;
                held = null;
                console.Note(ProgressText.Line(printed));
            }

            if (!await next)
            {
                return;
            }

            var progress = updates.Current;
            next = updates.MoveNextAsync().AsTask();
            if (progress.Phase is RunPhase.Idle && printed is null)
            {
                continue;
            }

            var since = progress.Elapsed - (printed?.Elapsed ?? TimeSpan.Zero);
            if (printed is null || since >= s_plainInterval || (progress.Phase != printed.Phase && (since >= s_phaseInterval || progress.Phase == RunPhase.Completed)))
            {
                printed = progress;
                held = null;
                console.Note(ProgressText.Line(progress));
            }
            else
            {
                held = progress.Phase == printed.Phase ? null : progress;
            }
        }
    }
}
