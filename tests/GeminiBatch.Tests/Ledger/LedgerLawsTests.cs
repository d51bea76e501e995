namespace GeminiBatch.Tests.Ledger;

public sealed class LedgerLawsTests
{
    [Fact]
    public async Task The_ledger_keeps_its_laws_after_every_single_step()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with
        {
            Noise = EmulatorNoise.Realistic,
            Faults =
            [
                new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.LoseReply, NamePattern = "gb-*-1-1-1" },
                new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.LoseRequest, NamePattern = "gb-*-1-2-1" },
                new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.Refuse, Status = 429, NamePattern = "gb-*-1-3-1" },
                new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.FailJob, Status = 13, NamePattern = "gb-*-1-4-1" },
                new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.DropRows, Rows = 3, NamePattern = "gb-*-1-5-1" },
                new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.DuplicateRows, Rows = 3, NamePattern = "gb-*-1-5-1" },
            ],
        });
        var broken = new List<string>();
        var steps = 0;
        async Task DriveAsync(IEnumerable<BatchDocument> documents)
        {
            await using var extractor = harness.Extractor(configure: static options => (options.MaxShardRows, options.MaxConcurrentJobs) = (20, 2));
            extractor.Engine.Fault = point =>
            {
                steps++;
                broken.AddRange(LedgerCheck.Run(extractor.Engine.Ledger, extractor.Engine.Spool).Select(finding => $"{point}: {finding.Rule}: {finding.Message}"));
            };
            await foreach (var result in extractor.ExtractAsync<Receipt>("receipts", documents, PipelineHarness.Request with { MaxCost = 5m }, TestContext.Current.CancellationToken))
            {
                Assert.True(result.Succeeded || result.Failure.Advice.Length > 0);
            }
        }

        await DriveAsync(PipelineHarness.Documents(100));
        await DriveAsync([.. PipelineHarness.Documents(90), BatchDocument.FromText("receipt-0091", PipelineHarness.Text(91, total: 1m)), BatchDocument.FromText("copy", PipelineHarness.Text(5))]);

        Assert.Empty(broken);
        Assert.True(steps > 100);
    }

    [Theory]
    [InlineData("UPDATE runs SET pending = 1", "items_add_up")]
    [InlineData("UPDATE runs SET spent = spent + 1", "spent_is_what_rows_cost")]
    [InlineData("UPDATE jobs SET spent = reserved + 1", "reserved_covers_settled")]
    [InlineData("UPDATE jobs SET spent = 0", "jobs_cost_what_rows_cost")]
    [InlineData("UPDATE runs SET reserved = 1", "money_is_reserved")]
    [InlineData("UPDATE shards SET reserved = 1", "settled_shards_hold_nothing")]
    [InlineData("UPDATE shards SET reserved = -1", "reserved_is_money")]
    [InlineData("UPDATE rows SET recipe = 99", "recipes_are_there")]
    [InlineData("UPDATE runs SET settled_sequence = 0", "sequence_goes_on")]
    [InlineData("UPDATE jobs SET shard = 99", "jobs_belong_to_shards")]
    [InlineData("UPDATE rows SET spool_offset = 0", "rows_lie_apart")]
    [InlineData("UPDATE runs SET rows = 9", "rows_are_counted")]
    [InlineData("DELETE FROM rows", "items_have_rows")]
    [InlineData("UPDATE rows SET items = 2", "rows_know_their_items")]
    [InlineData("UPDATE rows SET settled = 1", "settled_once")]
    [InlineData("UPDATE rows SET settled = NULL", "ended_rows_are_settled")]
    [InlineData("UPDATE rows SET chunk = NULL", "success_has_an_answer")]
    [InlineData("UPDATE rows SET ordinal = 0", "one_answer_each")]
    [InlineData("UPDATE jobs SET name = NULL", "jobs_have_names")]
    [InlineData("UPDATE jobs SET lines = 99", "lines_are_stored")]
    public async Task Each_law_is_found_broken(string sql, string rule)
    {
        await using var harness = await PipelineHarness.StartAsync(inMemory: true);
        await harness.ExtractAsync(PipelineHarness.Documents(3));
        await using var extractor = harness.Extractor();
        await extractor.Engine.Ledger.WriteAsync(connection => connection.Execute(sql), TestContext.Current.CancellationToken);
        Assert.Contains(rule, await extractor.CheckAsync(cancellationToken: TestContext.Current.CancellationToken).Select(static finding => finding.Rule).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_job_that_costs_more_than_was_held_back_for_it_is_told_once()
    {
        await using var harness = await PipelineHarness.StartAsync(inMemory: true);
        await using (var extractor = harness.Extractor())
        {
            extractor.Engine.Fault = point =>
            {
                if (point == "submit.record:after")
                {
                    extractor.Engine.Ledger.WriteAsync(static connection => connection.Execute("UPDATE jobs SET reserved = 1"), TestContext.Current.CancellationToken).GetAwaiter().GetResult();
                }
            };
            await foreach (var result in extractor.ExtractAsync<Receipt>("receipts", PipelineHarness.Documents(3_000), PipelineHarness.Request with { MaxCost = 5m }, TestContext.Current.CancellationToken))
            {
                Assert.True(result.Succeeded);
            }

            await using var run = await extractor.ResumeAsync("receipts", TestContext.Current.CancellationToken);
            Assert.Contains((await run.SummaryAsync(TestContext.Current.CancellationToken)).Notes, static note => note.StartsWith("Batch files that cost more than was held back for them: 1.", StringComparison.Ordinal));
        }

        await using var checker = harness.Extractor();
        await PipelineHarness.RequireSoundAsync(checker);
    }

    [Fact]
    public async Task A_broken_law_is_found_and_named()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await harness.ExtractAsync(PipelineHarness.Documents(3));
        await using var extractor = harness.Extractor();
        await extractor.Engine.Ledger.WriteAsync(static connection => connection.Execute("UPDATE runs SET succeeded = 2, failed = 1"), TestContext.Current.CancellationToken);
        var findings = await extractor.CheckAsync(readsAnswers: true, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal("counts_are_true", Assert.Single(findings).Rule);
    }
}
