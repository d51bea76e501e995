namespace GeminiBatch.Testing;

/// <summary>A clock on which waiting takes no time: a timer that fires once moves the clock to its due time and fires at once. Periodic timers never fire.</summary>
/// <remarks>For code under test that waits in one place: its waits pass in virtual time, in order, without a test that sleeps.</remarks>
public sealed class SkippingClock : TimeProvider
{
    private readonly Lock gate = new();
    private DateTimeOffset now;

    /// <summary>Starts at the given time, or at 2026-11-22T09:00:00Z.</summary>
    public SkippingClock(DateTimeOffset? start = null) => now = start ?? new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Moves the clock on.</summary>
    public void Advance(TimeSpan by)
    {
        lock (gate)
        {
            now += by;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new SkippedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class SkippedTimer(SkippingClock clock, TimerCallback callback, object? state) : ITimer
    {
        private volatile bool isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (!isDisposed && dueTime >= TimeSpan.Zero && period == Timeout.InfiniteTimeSpan)
            {
                ThreadPool.QueueUserWorkItem(_ =>
                {
                    if (!isDisposed)
                    {
                        clock.Advance(dueTime);
                        callback(state);
                    }
                });
            }

            return !isDisposed;
        }

        public void Dispose() => isDisposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
