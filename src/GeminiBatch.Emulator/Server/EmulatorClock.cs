using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>The emulator's time: that of the clock it was given, and what somebody moved it on by. Kept over restarts, so that nothing that ended begins again.</summary>
internal sealed class EmulatorClock : TimeProvider
{
    private readonly TimeProvider inner;
    private readonly StateFolder state;
    private readonly Lock gate = new();
    private TimeSpan ahead;
    private TaskCompletionSource moved = NewSignal();

    public EmulatorClock(TimeProvider inner, StateFolder state)
    {
        this.inner = inner;
        this.state = state;
        if (File.Exists(FilePath))
        {
            ahead = TimeSpan.FromMilliseconds(JsonNode.Parse(File.ReadAllBytes(FilePath)).FindInteger("aheadMilliseconds") ?? 0);
        }
    }

    private string FilePath => Path.Combine(state.Root, "clock.json");

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return inner.GetUtcNow() + ahead;
        }
    }

    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TaskCompletionSource waiting;
        lock (gate)
        {
            ahead += by;
            state.Replace(FilePath, ProtoJson.ToCompactUtf8(new JsonObject { ["aheadMilliseconds"] = (long)ahead.TotalMilliseconds }), evenIfFull: true);
            waiting = moved;
            moved = NewSignal();
        }

        waiting.SetResult();
    }

    /// <summary>Waits in this clock's time: the clock it was given passing, or somebody moving it on.</summary>
    public async Task DelayUntilAsync(DateTimeOffset end, CancellationToken ct)
    {
        while (true)
        {
            Task signal;
            lock (gate)
            {
                signal = moved.Task;
            }

            var remaining = end - GetUtcNow();
            if (remaining <= TimeSpan.Zero)
            {
                return;
            }

            using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var timer = Task.Delay(remaining, inner, done.Token);
            // Where the clock was moved before the timer was set, the timer rings too late.
            if (GetUtcNow() < end)
            {
                await Task.WhenAny(timer, signal);
            }

            await done.CancelAsync();
            ct.ThrowIfCancellationRequested();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
