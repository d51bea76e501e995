namespace GeminiBatch.Tests.Settlement;

public sealed class StormTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(9)]
    [InlineData(13)]
    public async Task Many_transient_errors_pause_the_run_until_a_small_probe_comes_back_well(int code)
    {
        await using var harness = await PipelineHarness.StartAsync(options => options with
        {
            Faults =
            [
                new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.FailRows, NamePattern = "gb-*-1-1-1", Status = code, Rows = 40 },
                new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.FailRows, NamePattern = "gb-*-1-3-1", Status = 14, Rows = 5 },
            ],
        });
        var results = await harness.ExtractAsync(
            PipelineHarness.Documents(100), PipelineHarness.Request with { MaxAttempts = 4 }, static options => (options.MaxShardRows, options.MaxConcurrentJobs) = (50, 1));
        Assert.All(results, static result => Assert.True(result.Succeeded));

        // 1 fails, 3 is a probe that fails, 4 one that does not; 2 was packed before and waits, and the rest follows.
        var jobs = harness.Emulator.Jobs;
        Assert.EndsWith("-1-3-1", jobs[1].DisplayName, StringComparison.Ordinal);
        Assert.True(jobs[1].CreateTime - jobs[0].CreateTime >= TimeSpan.FromMinutes(5));
        Assert.EndsWith("-1-4-1", jobs[2].DisplayName, StringComparison.Ordinal);
        Assert.True(jobs[2].CreateTime - jobs[1].CreateTime >= TimeSpan.FromMinutes(10));
        Assert.True(jobs[3].CreateTime - jobs[2].CreateTime < TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task Many_rows_of_one_deterministic_reason_stop_the_run_before_it_spends_more()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with { Answerer = static (_, _) => "nothing" });
        static void Small(GeminiBatchOptions options) => (options.MaxShardRows, options.MaxConcurrentJobs) = (60, 1);
        await using var extractor = harness.Extractor(configure: Small);
        await using var run = await extractor.OpenAsync<Receipt>("receipts", PipelineHarness.Documents(600).ToAsyncEnumerable(), PipelineHarness.Request, Token);
        var error = await Assert.ThrowsAsync<RunRefusedException>(() => run.CompleteAsync(Token));
        Assert.Equal(RunRefusal.RepeatedFailures, error.Refusal);
        Assert.Contains("schema_misfit", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, harness.Emulator.Jobs.Count);
        await PipelineHarness.RequireSoundAsync(extractor);
    }

    [Fact]
    public async Task A_job_that_does_not_move_is_told_of_and_cancelled_at_the_deadline()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.ExpireJob, NamePattern = "gb-*-1-1-1" }],
        });
        await using var extractor = harness.Extractor(configure: static options => options.JobDeadline = TimeSpan.FromHours(30));
        await using var run = await extractor.OpenAsync<Receipt>("receipts", PipelineHarness.Documents(4).ToAsyncEnumerable(), PipelineHarness.Request, Token);
        var begun = harness.Clock.GetUtcNow();
        var summary = await run.CompleteAsync(Token);
        Assert.Equal((4L, 2L), (summary.Succeeded, summary.JobsSubmitted));
        Assert.Contains(summary.Notes, static note => note.Contains("aims for", StringComparison.Ordinal));
        Assert.InRange(harness.Clock.GetUtcNow() - begun, TimeSpan.FromHours(30), TimeSpan.FromHours(31));
    }
}
