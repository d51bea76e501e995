using System.Text;

namespace GeminiBatch.Tests.Submission;

/// <summary>What an account allows at a time comes from the catalogue, and is shared by the runs of a ledger.</summary>
public sealed class JobQuotaTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("developer")]
    [InlineData("vertex")]
    public async Task Rows_bytes_and_jobs_are_the_backends_in_the_catalogue(string backend)
    {
        await using var harness = await PipelineHarness.StartAsync();
        var catalogue = Catalogue("{\"backends\":{\"" + backend + "\":{\"rows\":{\"generation\":7},\"jobBytes\":100000,\"concurrentJobs\":2}}}");
        await using var extractor = backend == "vertex" ? harness.VertexExtractor(catalogue: catalogue) : harness.Extractor(catalogue: catalogue);
        var most = Watch(extractor, static connection => connection.Number("SELECT count(*) FROM jobs WHERE state IN (0, 1, 3)")!.Value);
        var large = BatchDocument.FromText("large", PipelineHarness.Text(99) + new string(' ', 80_000) + PipelineHarness.Text(99));
        await CompleteAsync(extractor, "receipts", PipelineHarness.Documents(30).Append(large));

        var shards = extractor.Engine.Ledger.Read(static connection => connection.List("SELECT rows, bytes FROM shards ORDER BY number", static reader => (Rows: reader.GetInt64(0), Bytes: reader.GetInt64(1))));
        Assert.All(shards, static shard => Assert.True(shard is { Rows: <= 7, Bytes: <= 100_000 }));
        Assert.Equal(31, shards.Sum(static shard => shard.Rows));
        Assert.Equal(2, most());
    }

    [Fact]
    public async Task The_shipped_limits_are_those_of_the_service()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var developer = harness.Extractor();
        await using var vertex = harness.VertexExtractor(Path.Combine(harness.Folder, "vertex.db"));

        Assert.Equal(new BackendLimits(2_000_000_000, int.MaxValue, 100, TimeSpan.FromHours(48)), developer.Engine.Backend.Limits);
        Assert.Equal((1_000_000_000, 200_000), (vertex.Engine.Backend.Limits.MaxShardBytes, vertex.Engine.Backend.Limits.MaxShardRows));
    }

    [Theory]
    [InlineData(1, 400)]
    [InlineData(2, 1_000)]
    [InlineData(3, null)]
    [InlineData(null, null)]
    public async Task No_more_tokens_are_enqueued_for_a_class_of_models_than_the_tier_allows(int? tier, int? allowed)
    {
        await using var harness = await PipelineHarness.StartAsync();
        var catalogue = Catalogue("""{"backends":{"developer":{"enqueuedTokens":[{"class":"Flash-Lite","models":["gemini-3.5-flash-lite"],"tier1":400,"tier2":1000,"tier3":null}]}}}""");
        await using var extractor = harness.Extractor(configure: options => (options.Tier, options.MaxShardRows) = (tier, 2), catalogue: catalogue);
        var most = Watch(extractor, static connection => connection.Number("SELECT coalesce(sum(tokens), 0) FROM shards WHERE state = 2")!.Value);
        await CompleteAsync(extractor, "receipts", PipelineHarness.Documents(24));

        var all = extractor.Engine.Ledger.Read(static connection => connection.Number("SELECT sum(tokens) FROM shards")!.Value);
        Assert.True(all > 1_000, $"{all} tokens are too few to be held back.");
        Assert.InRange(most(), 1, allowed ?? all);
        Assert.Equal(allowed is null, most() == all);
    }

    [Fact]
    public async Task A_run_keeps_to_its_share_while_another_one_of_the_ledger_wants_to_send()
    {
        await using var harness = await PipelineHarness.StartAsync();
        static void Small(GeminiBatchOptions options) => (options.MaxShardRows, options.MaxConcurrentJobs) = (2, 4);
        await using var extractor = harness.Extractor(configure: Small);
        await using var other = await OpenAsync(extractor, "other", PipelineHarness.Documents(6, first: 100));
        extractor.Engine.Fault = static point =>
        {
            if (point == "stage.upload:before")
            {
                throw new OperationCanceledException();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other.CompleteAsync(Token));

        // A program that drives the other run and is slow about it.
        var ledger = extractor.Engine.Ledger;
        var id = ledger.Read(static connection => LedgerRuns.Find(connection, "other")!.Id);
        await using (await RunLease.TakeAsync(ledger, new FarClock(harness.Clock), id, "other", Token))
        {
            var most = Watch(extractor, static connection => connection.Number("SELECT count(*) FROM jobs WHERE state IN (0, 1, 3)")!.Value);
            await CompleteAsync(extractor, "receipts", PipelineHarness.Documents(20));
            Assert.Equal(2, most());
        }

        var alone = Watch(extractor, static connection => connection.Number("SELECT count(*) FROM jobs WHERE state IN (0, 1, 3)")!.Value);
        await CompleteAsync(extractor, "later", PipelineHarness.Documents(20, first: 200));
        Assert.Equal(4, alone());
    }

    [Fact]
    public async Task Two_runs_driven_together_never_have_more_jobs_than_the_account_may()
    {
        await using var harness = await PipelineHarness.StartAsync();
        static void Small(GeminiBatchOptions options) => (options.MaxShardRows, options.MaxConcurrentJobs) = (2, 3);
        await using var extractor = harness.Extractor(configure: Small);
        var most = Watch(extractor, static connection => connection.Number("SELECT count(*) FROM jobs WHERE state IN (0, 1, 3)")!.Value);
        await Task.WhenAll(
            CompleteAsync(extractor, "one", PipelineHarness.Documents(16)),
            CompleteAsync(extractor, "two", PipelineHarness.Documents(16, first: 100)),
            CompleteAsync(extractor, "three", PipelineHarness.Documents(16, first: 200)));
        Assert.InRange(most(), 1, 3);
    }

    [Fact]
    public async Task A_refusal_for_quota_backs_off_for_long_and_tells_the_user()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.Refuse, Status = 429, Times = 7 }],
        });
        await using var extractor = harness.Extractor();
        await using var run = await OpenAsync(extractor, "receipts", PipelineHarness.Documents(3));
        var notices = new HashSet<string?>();
        extractor.Engine.Fault = _ => notices.Add(ProgressReport.Of(extractor.Engine, run.Session).Notice);
        Assert.Equal(3, (await run.CompleteAsync(Token)).Succeeded);

        var tries = harness.Emulator.Calls.Where(static call => call.Operation == EmulatedOperation.CreateBatch).Select(static call => call.Time).ToList();
        Assert.Equal([1, 2, 4, 8, 16, 30, 30], tries.Zip(tries.Skip(1), static (one, next) => Math.Floor((next - one).TotalMinutes)));
        Assert.Contains(notices, static notice => notice == "The backend refused a job for its quota; next try in 1800 s.");
    }

    // The most that was ever counted when a job was about to be created.
    private static Func<long> Watch(BatchExtractor extractor, Func<LedgerConnection, long> count)
    {
        var most = 0L;
        var watching = new Lock();
        extractor.Engine.Fault = point =>
        {
            if (point == "submit.create:before")
            {
                lock (watching)
                {
                    most = Math.Max(most, extractor.Engine.Ledger.Read(count));
                }
            }
        };
        return () => most;
    }

    private static GeminiCatalogue Catalogue(string changes) => GeminiCatalogue.Load(new MemoryStream(Encoding.UTF8.GetBytes(changes)));

    private static ValueTask<ExtractionRun<Receipt>> OpenAsync(BatchExtractor extractor, string run, IEnumerable<BatchDocument> documents) =>
        extractor.OpenAsync<Receipt>(run, documents.ToAsyncEnumerable(), PipelineHarness.Request, Token);

    private static async Task CompleteAsync(BatchExtractor extractor, string name, IEnumerable<BatchDocument> documents)
    {
        await using var run = await OpenAsync(extractor, name, documents);
        var summary = await run.CompleteAsync(Token);
        Assert.Equal((0, 0), (summary.Failed, summary.Pending));
    }

    /// <summary>A lease that does not run out while the others' waits are skipped.</summary>
    private sealed class FarClock(TimeProvider clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + TimeSpan.FromDays(1);
    }
}
