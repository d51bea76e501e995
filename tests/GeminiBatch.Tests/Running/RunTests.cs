using System.Text;

namespace GeminiBatch.Tests.Running;

public sealed class RunTests
{
    [Fact]
    public async Task A_run_extracts_typed_records_and_accounts_for_every_document()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var results = await harness.ExtractAsync(PipelineHarness.Documents(40));

        Assert.Equal(40, results.Count);
        Assert.All(results, static result => Assert.True(result.Succeeded, result.Failure?.Message));
        var third = Assert.Single(results, static result => result.DocumentId == "receipt-0003");
        Assert.Equal(new Receipt("R-3", 3.75m), third.Value);
        Assert.Equal("""{"number":"R-3","total":3.75}""", Encoding.UTF8.GetString(third.CanonicalJson.Span));
        Assert.Equal(1, third.Attempts);
        Assert.NotNull(third.Usage);
        Assert.Empty(third.Notes);
        Assert.Single(harness.Emulator.Jobs);
    }

    [Fact]
    public async Task A_second_run_over_the_same_documents_submits_nothing_and_returns_the_same()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var first = await harness.ExtractAsync(PipelineHarness.Documents(10));
        await using var extractor = harness.Extractor();
        await using var run = await Open(extractor, 10);
        var summary = await run.CompleteAsync(TestContext.Current.CancellationToken);
        var second = await run.ResultsAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, summary.JobsSubmitted);
        Assert.Equal(first.Select(static result => (result.DocumentId, result.Value)), second.Select(static result => (result.DocumentId, result.Value)));
        Assert.Single(harness.Emulator.Jobs);
    }

    [Fact]
    public async Task Results_are_streamed_while_other_jobs_still_run()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var extractor = harness.Extractor(configure: static options => (options.MaxShardRows, options.MaxConcurrentJobs) = (5, 1));
        using var firstIsRead = BeforeSecondJob(extractor);
        await using var run = await Open(extractor, 15);
        var jobsAtFirst = 0;
        var count = 0;
        await foreach (var result in run.ResultsAsync(TestContext.Current.CancellationToken))
        {
            jobsAtFirst = count++ == 0 ? (int)(await run.ProgressAsync(TestContext.Current.CancellationToken)).Succeeded : jobsAtFirst;
            firstIsRead.Set();
        }

        Assert.Equal(15, count);
        Assert.InRange(jobsAtFirst, 1, 14);
    }

    [Fact]
    public async Task Breaking_out_of_the_stream_stops_driving_and_the_next_start_goes_on()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using (var extractor = harness.Extractor(configure: static options => (options.MaxShardRows, options.MaxConcurrentJobs) = (5, 1)))
        {
            using var firstIsRead = BeforeSecondJob(extractor);
            await foreach (var result in extractor.ExtractAsync<Receipt>("receipts", PipelineHarness.Documents(50), PipelineHarness.Request, TestContext.Current.CancellationToken))
            {
                firstIsRead.Set();
                break;
            }

            await using var run = await extractor.ResumeAsync("receipts", TestContext.Current.CancellationToken);
            var summary = await run.SummaryAsync(TestContext.Current.CancellationToken);
            Assert.InRange(summary.Pending, 1, 45);
            Assert.Equal(summary.Planned, summary.Succeeded + summary.Failed + summary.Pending);
        }

        Assert.Equal(50, (await harness.ExtractAsync(PipelineHarness.Documents(50))).Count);
        Assert.Equal(harness.Emulator.Jobs.Count, harness.Emulator.Jobs.Select(static job => job.InputFile).Distinct().Count());
    }

    [Fact]
    public async Task A_run_is_resumed_from_the_ledger_alone()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using (var planning = harness.Extractor())
        {
            await using var planned = await Open(planning, 3);
            await planned.PlanAsync(TestContext.Current.CancellationToken);
        }

        await using var extractor = harness.Extractor();
        await using var run = await extractor.ResumeAsync("receipts", TestContext.Current.CancellationToken);
        var results = await run.UntypedResultsAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal("Receipt", run.Schema.Name);
        Assert.Equal(
            ["""receipt-0001 {"number":"R-1","total":1.25}""", """receipt-0002 {"number":"R-2","total":2.50}""", """receipt-0003 {"number":"R-3","total":3.75}"""],
            results.Select(static result => $"{result.DocumentId} {Encoding.UTF8.GetString(result.CanonicalJson.Span)}").Order(StringComparer.Ordinal));
        var ended = await run.EndedResultsAsync(TestContext.Current.CancellationToken).Select(static result => result.DocumentId).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["receipt-0001", "receipt-0002", "receipt-0003"], ended);
        var overview = await extractor.ListRunsAsync(TestContext.Current.CancellationToken).SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("receipts", "Receipt", 3L, 0L), (overview.Name, overview.Schema, overview.Succeeded, overview.Pending));
    }

    [Fact]
    public async Task Cancelling_cancels_the_jobs_and_leaves_their_rows_pending_for_the_next_time()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with { PendingTime = TimeSpan.FromHours(5) });
        await using var extractor = harness.Extractor(configure: static options => (options.MaxShardRows, options.MaxConcurrentJobs) = (5, 1));
        await using (var run = await Open(extractor, 20))
        {
            var driving = run.CompleteAsync(TestContext.Current.CancellationToken);
            await foreach (var progress in run.WatchAsync(TestContext.Current.CancellationToken))
            {
                if (progress.JobsSubmitted > 0)
                {
                    break;
                }
            }

            await run.CancelAsync(TestContext.Current.CancellationToken);
            var summary = await driving;
            Assert.Equal(20, summary.Pending + summary.Succeeded);
            Assert.NotEqual(0, summary.Pending);
        }

        await PipelineHarness.RequireSoundAsync(extractor);
        Assert.Contains(harness.Emulator.Calls, static call => call.Operation == EmulatedOperation.CancelBatch);
        Assert.Equal(20, (await harness.ExtractAsync(PipelineHarness.Documents(20))).Count(static result => result.Succeeded));
    }

    [Fact]
    public async Task Progress_and_summary_add_up_and_carry_the_bill()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with { Noise = new EmulatorNoise { Fence = 1 } });
        await using var extractor = harness.Extractor();
        await using var run = await Open(extractor, 10);
        var watching = run.WatchAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        var summary = await run.CompleteAsync(TestContext.Current.CancellationToken);
        var snapshots = await watching;

        Assert.Equal((10L, 10L, 1L), (summary.Planned, summary.Succeeded, summary.JobsSubmitted));
        Assert.True(summary.Usage.TotalTokens > 0);
        Assert.True(summary.Cost > 0);
        Assert.Equal(10, summary.RepairsByKind["FenceRemoved"]);
        Assert.True(summary.Elapsed > TimeSpan.Zero);
        Assert.All(snapshots, static snapshot => Assert.Equal(snapshot.Planned, snapshot.Succeeded + snapshot.Failed + snapshot.Pending));
        Assert.Equal(RunPhase.Completed, snapshots[^1].Phase);
        Assert.Equal(10, snapshots[^1].Succeeded);
        Assert.Equal(1, snapshots[^1].JobsByState["succeeded"]);
    }

    [Fact]
    public async Task An_untyped_schema_gives_canonical_json()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var schema = ExtractionSchema.FromDescriptor(ExtractionSchema.Of<Receipt>().Descriptor);
        await using var extractor = harness.Extractor();
        await using var run = await extractor.OpenAsync(schema, "untyped", PipelineHarness.Documents(1).ToAsyncEnumerable(), PipelineHarness.Request, TestContext.Current.CancellationToken);
        var result = Assert.Single(await run.UntypedResultsAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal("""{"number":"R-1","total":1.25}""", Encoding.UTF8.GetString(result.CanonicalJson.Span));
    }

    // The second job is held back until the test has read a result of the first.
    private static ManualResetEventSlim BeforeSecondJob(BatchExtractor extractor)
    {
        var (firstIsRead, jobs) = (new ManualResetEventSlim(), 0);
        extractor.Engine.Fault = point =>
        {
            if (point == "submit.create:before" && Interlocked.Increment(ref jobs) == 2)
            {
                firstIsRead.Wait(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            }
        };
        return firstIsRead;
    }

    private static ValueTask<ExtractionRun<Receipt>> Open(BatchExtractor extractor, int documents) =>
        extractor.OpenAsync<Receipt>("receipts", PipelineHarness.Documents(documents).ToAsyncEnumerable(), PipelineHarness.Request, TestContext.Current.CancellationToken);
}
