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
