namespace GeminiBatch.Tests.Crashes;

/// <summary>At each named point the ledger is frozen as a crash would leave it; every copy has to converge to the same end, and no shard may become two jobs.</summary>
public sealed class CrashMatrixTests(ITestOutputHelper output)
{
    private const int Documents = 22;

    // What a run meets that loses a row, a reply and a request; the rarer points are frozen by RarePointTests.
    private static readonly HashSet<string> s_met =
    [
        "plan.bounds", "plan.begin", "plan.spool", "plan.chunk", "plan.end", "drive.begin", "recover", "spend.estimate", "pack", "stage.content", "stage.content-recorded", "stage.upload", "stage.record",
        "submit.orphans", "submit.intend", "submit.create", "submit.record", "submit.uncertain", "reconcile.find", "reconcile.record", "watch.get", "watch.record", "watch.ended", "collect.get", "collect.chunk",
        "collect.finish", "settle.rows", "settle.finish", "twin.found",
    ];

    private bool _isVertex;

    [Theory]
    [InlineData("developer", false)]
    [InlineData("developer", true)]
    [InlineData("vertex", false)]
    [InlineData("vertex", true)]
    public async Task Frozen_at_any_point_a_run_converges_and_no_shard_is_paid_twice(string backend, bool losesReplies)
    {
        _isVertex = backend == "vertex";
        await using var harness = await PipelineHarness.StartAsync(options => options with { Faults = [.. Faults(losesReplies)] });
        var points = await PointsAsync(harness);
        Assert.Empty(losesReplies ? FaultPoints.All.Where(IsMet).Except(points.Keys) : []);
        var frozen = 0;
        foreach (var (point, times) in points)
        {
            foreach (var occurrence in times > 1 ? (int[])[1, times] : [1])
            {
                await ConvergesAsync(harness, point, occurrence, ++frozen);
            }
        }

        output.WriteLine($"{backend}: {frozen} freezes at {points.Count} points converged{(losesReplies ? ", with lost replies" : "")}: {string.Join(", ", points.Keys)}");
    }

    public static bool IsMet(string point) => s_met.Contains(point.Split(':')[0]);

    private static IEnumerable<EmulatedFault> Faults(bool losesReplies)
    {
        yield return new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.FailRows, NamePattern = "gb-*-1-2-1", Status = 13, Rows = 2 };
        yield return new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.DropRows, NamePattern = "gb-*-1-3-1", Rows = 1 };
        if (losesReplies)
        {
            yield return new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.LoseReply, NamePattern = "gb-*-1-1-1" };
            yield return new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.LoseRequest, NamePattern = "gb-*-1-3-1" };
        }
    }

    private async Task<SortedDictionary<string, int>> PointsAsync(PipelineHarness harness)
    {
        var points = new SortedDictionary<string, int>(StringComparer.Ordinal);
        await using var extractor = Extractor(harness, Path.Combine(harness.Folder, "points", "ledger.db"));
        extractor.Engine.Fault = point => points[point] = points.GetValueOrDefault(point) + 1;
        await RequireCompleteAsync(harness, extractor);
        return points;
    }

    private async Task ConvergesAsync(PipelineHarness harness, string point, int occurrence, int number)
    {
        var original = Directory.CreateDirectory(Path.Combine(harness.Folder, $"original-{number}")).FullName;
        var copy = Path.Combine(harness.Folder, $"copy-{number}");
        var met = 0;
        await using (var extractor = Extractor(harness, Path.Combine(original, "ledger.db")))
        {
            var isFrozen = false;
            extractor.Engine.Fault = name =>
            {
                // A dead program does nothing more, whatever its code would do on the way out.
                if (isFrozen || (name == point && ++met == occurrence))
                {
                    if (!isFrozen)
                    {
                        LedgerCopy.Make(original, copy);
                    }

                    isFrozen = true;
                    throw new FrozenException(name);
                }
            };
            await Assert.ThrowsAsync<FrozenException>(() => CompleteAsync(extractor));
        }

        await using var recovered = Extractor(harness, Path.Combine(copy, "ledger.db"));
        await RequireCompleteAsync(harness, recovered);
        Directory.Delete(original, recursive: true);
        Directory.Delete(copy, recursive: true);
    }

    private static async Task RequireCompleteAsync(PipelineHarness harness, BatchExtractor extractor)
    {
        var results = await CompleteAsync(extractor);
        Assert.Equal(Expected(), results);
        await PipelineHarness.RequireSoundAsync(extractor);
        var jobs = harness.Emulator.Jobs.Where(job => job.DisplayName.StartsWith($"gb-{extractor.Engine.Ledger.Name}-", StringComparison.Ordinal)).ToList();
        Assert.Equal(jobs.Count, jobs.Select(static job => job.InputFile).Distinct().Count());
    }

    private static async Task<List<string>> CompleteAsync(BatchExtractor extractor)
    {
        var results = new List<string>();
        await foreach (var result in extractor.ExtractAsync<Receipt>("receipts", Source(), PipelineHarness.Request, TestContext.Current.CancellationToken))
        {
            results.Add($"{result.DocumentId} {result.Value?.ToString() ?? result.Failure!.Reason}");
        }

        results.Sort(StringComparer.Ordinal);
        return results;
    }

    private static List<string> Expected() => [.. Enumerable.Range(1, Documents).Select(static number => $"receipt-{number:D4} {new Receipt($"R-{number}", number * 1.25m)}")];

    private static IEnumerable<BatchDocument> Source() => PipelineHarness.Documents(Documents).Select(static (document, index) =>
        index == 0 ? document with { Parts = [BatchDocumentPart.Bytes(new byte[] { 1, 2, 3 }, "image/png"), .. document.Parts] } : document);

    private BatchExtractor Extractor(PipelineHarness harness, string ledger)
    {
        return _isVertex ? harness.VertexExtractor(ledger, Small) : harness.Extractor(ledger, Small);

        static void Small(GeminiBatchOptions options) => (options.MaxShardRows, options.MaxConcurrentJobs) = (8, 2);
    }
}
