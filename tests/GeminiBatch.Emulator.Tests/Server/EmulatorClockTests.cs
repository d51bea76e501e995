using GeminiBatch.Testing;

namespace GeminiBatch.Emulator.Tests;

public sealed class EmulatorClockTests
{
    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wait_ends_when_the_clock_was_moved_while_it_began(bool byItself)
    {
        var folder = Directory.CreateTempSubdirectory("emulator-clock-");
        try
        {
            using var state = StateFolder.Open(folder.FullName, 1_000_000);
            var inner = new MovingClock();
            var clock = new EmulatorClock(inner, state);
            inner.BeforeTimer = () =>
            {
                inner.BeforeTimer = null;
                if (byItself)
                {
                    inner.Clock.Advance(TimeSpan.FromHours(1));
                }
                else
                {
                    clock.Advance(TimeSpan.FromHours(1));
                }
            };

            await clock.DelayUntilAsync(clock.GetUtcNow().AddSeconds(6), TestContext.Current.CancellationToken);

            Assert.Equal(0, inner.Clock.ArmedTimers);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed class MovingClock : TimeProvider
    {
        public FakeClock Clock { get; } = new();

        public Action? BeforeTimer { get; set; }

        public override DateTimeOffset GetUtcNow() => Clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            BeforeTimer?.Invoke();
            return Clock.CreateTimer(callback, state, dueTime, period);
        }
    }
}
