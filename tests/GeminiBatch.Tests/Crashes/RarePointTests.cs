namespace GeminiBatch.Tests.Crashes;

/// <summary>The points that a run meets only when something goes wrong, or when the user intervenes: frozen at each of them, it converges too.</summary>
public sealed class RarePointTests(ITestOutputHelper output)
{
    private static readonly BatchDocumentPart s_picture = BatchDocumentPart.Bytes(new byte[] { 1, 2, 3 }, "image/png");

    private static readonly Trouble[] s_troubles =
    [
        new("another recipe and counted tokens")
        {
            Documents = [.. PipelineHarness.Documents(3), BatchDocument.FromText("own", PipelineHarness.Text(4)) with { Overrides = new() { Prompt = "Extract it well." } }],
            Between = static async (_, run) =>
            {
                await run.PlanAsync(TestContext.Current.CancellationToken);
                await run.SampleTokensAsync(2, TestContext.Current.CancellationToken);
            },
        },
        new("errors of every call")
        {
            Emulator = Faults(
                new() { Operation = EmulatedOperation.GetBatch, Kind = EmulatedFaultKind.Refuse, Status = 503, Times = 12 },
                new() { Operation = EmulatedOperation.StartUpload, Kind = EmulatedFaultKind.Refuse, Status = 503, Times = 8 },
                new() { Operation = EmulatedOperation.DownloadFile, Kind = EmulatedFaultKind.Refuse, Status = 503, Times = 8 },
                new() { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.Refuse, Status = 429, Times = 2 },
                new() { Operation = EmulatedOperation.ListBatches, Kind = EmulatedFaultKind.Refuse, Status = 503, Times = 8 }),
        },
        new("a search that fails")
        {
            Emulator = Faults(
                new() { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.LoseReply },
                new() { Operation = EmulatedOperation.ListBatches, Kind = EmulatedFaultKind.Refuse, Status = 503, Attempt = 2, Times = 12 }),
        },
        new("a refusal after the effect") { Emulator = Faults(new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.RefuseAfterEffect, Status = 429 }) },
        new("results that hide") { Emulator = Faults(new EmulatedFault { Operation = EmulatedOperation.GetBatch, Kind = EmulatedFaultKind.WithholdOutput, Attempt = 2, Times = 3 }) },
        new("a job that hides") { Emulator = Faults(new EmulatedFault { Operation = EmulatedOperation.GetBatch, Kind = EmulatedFaultKind.Refuse, Status = 404 }) },
        new("a refused medium and a refused file")
        {
            Documents = [BatchDocument.FromText("picture", "") with { Parts = [s_picture, BatchDocumentPart.Text(PipelineHarness.Text(9))] }, .. PipelineHarness.Documents(4)],
            Emulator = Faults(
                new() { Operation = EmulatedOperation.StartUpload, Kind = EmulatedFaultKind.Refuse, Status = 400, NamePattern = "gbc-*", Times = 100 },
                new() { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.Refuse, Status = 400, NamePattern = "gb-*-1-1-1" }),
        },
        new("files that expired") { StopAt = "stage.record:after", Between = static (harness, _) => Advance(harness, TimeSpan.FromHours(49)) },
        new("a ledger restored from a copy") { HasRestoredLedger = true },
        new("a second job")
        {
            MayHaveSecondJobs = true,
            Emulator = static options => Faults(
                new() { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.LoseReply, NamePattern = "gb-*-1-1-1" },
                new() { Operation = EmulatedOperation.ListBatches, Kind = EmulatedFaultKind.StaleList, Delay = TimeSpan.FromMinutes(10), Times = 16 },
                new() { Operation = EmulatedOperation.CancelBatch, Kind = EmulatedFaultKind.Refuse, Status = 503, Times = 8 })(options) with { PendingTime = TimeSpan.FromHours(1) },
        },
        new("a job past its deadline")
        {
            Configure = static options => options.JobDeadline = TimeSpan.FromHours(30),
            Emulator = Faults(new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.ExpireJob, NamePattern = "gb-*-1-1-1" }),
        },
        new("a storm")
        {
            Configure = static options => (options.MaxShardRows, options.MaxConcurrentJobs) = (30, 1),
            Documents = [.. PipelineHarness.Documents(40)],
            Emulator = Faults(new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.FailRows, NamePattern = "gb-*-1-1-1", Status = 13, Rows = 25 }),
        },
        new("a storm over rows that nobody asks for any more")
        {
            StopAt = "settle.finish:after",
            Documents = [.. PipelineHarness.Documents(30)],
            Emulator = Faults(new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.FailRows, NamePattern = "gb-*-1-1-1", Status = 13, Rows = 25 }),
            Replace = static async run =>
            {
                var answered = (await run.EndedResultsAsync(TestContext.Current.CancellationToken).FirstAsync(static result => result.Succeeded, TestContext.Current.CancellationToken)).DocumentId;
                var text = PipelineHarness.Text(int.Parse(answered.AsSpan(8), System.Globalization.CultureInfo.InvariantCulture));
                return [.. PipelineHarness.Documents(30).Select(document => BatchDocument.FromText(document.Id, text))];
            },
        },
        new("a cancelled run")
        {
            StopAt = "watch.record:after",
            Configure = static options => (options.MaxShardRows, options.MaxConcurrentJobs) = (2, 1),
            Emulator = static options => options with { RunningTime = TimeSpan.FromHours(1) },
            Between = static async (_, run) => await run.CancelAsync(TestContext.Current.CancellationToken),
        },
        new("failures given their attempts again")
        {
            Emulator = Faults(new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.FailRows, NamePattern = "gb-*-1-1-1", Status = 3, Rows = 2 }),
            Afterwards = static async run => await run.RetryFailedAsync(cancellationToken: TestContext.Current.CancellationToken),
        },
    ];

    [Fact]
    public async Task Every_listed_point_is_frozen_at_and_every_run_converges()
    {
        var frozen = new SortedSet<string>(FaultPoints.All.Where(CrashMatrixTests.IsMet), StringComparer.Ordinal);
        var common = frozen.Count;
        foreach (var trouble in s_troubles)
        {
            var (points, expected) = await MeetAsync(trouble);
            foreach (var point in points.Where(frozen.Add))
            {
                await ConvergesAsync(trouble, point, expected);
            }
        }

        output.WriteLine($"{frozen.Count - common} points in {s_troubles.Length} troubles converged; {common} more are the matrix's own");
        Assert.Equal(FaultPoints.All.Order(StringComparer.Ordinal), frozen);
    }

    private static Func<GeminiEmulatorOptions, GeminiEmulatorOptions> Faults(params EmulatedFault[] faults) => options => options with { Faults = faults };

    private static Task Advance(PipelineHarness harness, TimeSpan by)
    {
        harness.Clock.Advance(by);
        return Task.CompletedTask;
    }

    private static async Task<(SortedSet<string> Points, List<string> Results)> MeetAsync(Trouble trouble)
    {
        await using var harness = await PipelineHarness.StartAsync(trouble.Emulator, inMemory: true);
        await PrepareAsync(trouble, harness, harness.Folder);
        await using var extractor = harness.Extractor(configure: trouble.Configure);
        var points = new SortedSet<string>(StringComparer.Ordinal);
        extractor.Engine.Fault = point => points.Add(point);
        var results = await trouble.DriveAsync(harness, extractor);
        extractor.Engine.Fault = null;
        await RequireSoundAsync(trouble, harness, extractor);
        return (points, results);
    }

    private static async Task ConvergesAsync(Trouble trouble, string point, List<string> expected)
    {
        await using var harness = await PipelineHarness.StartAsync(trouble.Emulator, inMemory: true);
        var original = Directory.CreateDirectory(Path.Combine(harness.Folder, "original")).FullName;
        var copy = Path.Combine(harness.Folder, "copy");
        await PrepareAsync(trouble, harness, original);
        await using (var extractor = harness.Extractor(Path.Combine(original, "ledger.db"), trouble.Configure))
        {
            var isFrozen = false;
            extractor.Engine.Fault = name =>
            {
                if (!isFrozen && name == point)
                {
                    LedgerCopy.Make(original, copy);
                    isFrozen = true;
                }

                if (isFrozen)
                {
                    throw new FrozenException(name);
                }
            };
            await Assert.ThrowsAsync<FrozenException>(() => trouble.DriveAsync(harness, extractor));
        }

        await using var recovered = harness.Extractor(Path.Combine(copy, "ledger.db"), trouble.Configure);
        var results = await trouble.DriveAsync(harness, recovered);
        Assert.True(expected.SequenceEqual(results), $"{trouble.Name}, frozen at {point}, ended as {string.Join("; ", results)}");
        recovered.Engine.Fault = null;
        await RequireSoundAsync(trouble, harness, recovered);
    }

    private static async Task RequireSoundAsync(Trouble trouble, PipelineHarness harness, BatchExtractor extractor)
    {
        await PipelineHarness.RequireSoundAsync(extractor);
        Assert.True(trouble.MayHaveSecondJobs || harness.Emulator.Jobs.Count == harness.Emulator.Jobs.Select(static job => job.InputFile).Distinct().Count(), $"{trouble.Name}: a shard became two jobs");
    }

    // The ledger as planned is copied; another program completes the copy, which is lost.
    private static async Task PrepareAsync(Trouble trouble, PipelineHarness harness, string folder)
    {
        if (!trouble.HasRestoredLedger)
        {
            return;
        }

        await using (var extractor = harness.Extractor(Path.Combine(folder, "ledger.db")))
        {
            await using var run = await extractor.OpenAsync<Receipt>("receipts", trouble.Documents.ToAsyncEnumerable(), PipelineHarness.Request, TestContext.Current.CancellationToken);
            await run.PlanAsync(TestContext.Current.CancellationToken);
        }

        var elsewhere = Path.Combine(harness.Folder, "elsewhere");
        Directory.CreateDirectory(elsewhere);
        foreach (var file in Directory.GetFiles(folder, "ledger.db*"))
        {
            File.Copy(file, Path.Combine(elsewhere, Path.GetFileName(file)));
        }

        LedgerCopy.Make(Path.Combine(folder, "ledger.db.spool"), Path.Combine(elsewhere, "ledger.db.spool"));
        await using var other = harness.Extractor(Path.Combine(elsewhere, "ledger.db"));
        await other.ExtractAsync<Receipt>("receipts", trouble.Documents, PipelineHarness.Request, TestContext.Current.CancellationToken).CountAsync(TestContext.Current.CancellationToken);
    }
}
