using System.Diagnostics;

namespace GeminiBatch.Tests.Ledger;

public sealed class RunLeaseTests
{
    [Fact]
    public async Task A_run_that_is_driven_is_refused_to_others_with_a_line_that_names_the_process()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var first = harness.Extractor();
        await using var second = harness.Extractor();
        var reached = new TaskCompletionSource();
        using var release = new ManualResetEventSlim();
        first.Engine.Fault = point =>
        {
            if (point == "submit.create:before")
            {
                reached.TrySetResult();
                release.Wait(TestContext.Current.CancellationToken);
            }
        };
        await using var driven = await Open(first);
        var driving = driven.CompleteAsync(TestContext.Current.CancellationToken);
        await reached.Task;
        await using (var refused = await Open(second))
        {
            var error = await Assert.ThrowsAsync<RunRefusedException>(() => refused.CompleteAsync(TestContext.Current.CancellationToken));
            Assert.Equal(RunRefusal.InUse, error.Refusal);
            Assert.Contains(Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
        }

        Assert.True((await second.ListRunsAsync(TestContext.Current.CancellationToken).SingleAsync(TestContext.Current.CancellationToken)).InUse);
        release.Set();
        Assert.Equal(3, (await driving).Succeeded);
        await using var next = await Open(second);
        Assert.Equal(0, (await next.CompleteAsync(TestContext.Current.CancellationToken)).JobsSubmitted);
    }

    [Fact]
    public async Task A_lease_that_ran_out_is_taken_over_and_the_former_holder_stops()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var first = harness.Extractor();
        await using var second = harness.Extractor();
        var reached = new TaskCompletionSource();
        using var release = new ManualResetEventSlim();
        first.Engine.Fault = point =>
        {
            if (point == "watch.get:before" && reached.TrySetResult())
            {
                release.Wait(TestContext.Current.CancellationToken);
            }
        };
        await using var slow = await Open(first);
        var driving = slow.CompleteAsync(TestContext.Current.CancellationToken);
        await reached.Task;
        harness.Clock.Advance(TimeSpan.FromMinutes(3));
        await using var other = await Open(second);
        var summary = await other.CompleteAsync(TestContext.Current.CancellationToken);
        release.Set();

        Assert.Equal(3, summary.Succeeded);
        Assert.Equal(RunRefusal.InUse, (await Assert.ThrowsAsync<RunRefusedException>(() => driving)).Refusal);
        Assert.Single(harness.Emulator.Jobs);
        await PipelineHarness.RequireSoundAsync(second);
    }

    [Fact]
    public void A_process_that_was_killed_holds_nothing()
    {
        using var process = Process.Start(new ProcessStartInfo("sleep", "60"))!;
        var holder = LeaseHolder.Of(process);
        Assert.False(holder.IsDead());
        Assert.True((holder with { StartedAt = holder.StartedAt - 60_000 }).IsDead());
        process.Kill();
        process.WaitForExit();
        Assert.True(holder.IsDead());
        Assert.False((holder with { Host = "elsewhere" }).IsDead());
        Assert.False((holder with { Host = holder.Machine + " another-boot pid:[1]" }).IsDead());
    }

    private static ValueTask<ExtractionRun<Receipt>> Open(BatchExtractor extractor) =>
        extractor.OpenAsync<Receipt>("receipts", PipelineHarness.Documents(3).ToAsyncEnumerable(), PipelineHarness.Request, TestContext.Current.CancellationToken);
}
