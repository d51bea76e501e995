namespace GeminiBatch.Tests.Upkeep;

/// <summary>What upkeep does while another program drives, pauses or deletes a run of the same ledger.</summary>
public sealed class UpkeepRaceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_that_is_paused_or_cancelled_while_its_file_is_uploaded_makes_no_job(bool pauses)
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var driver = harness.Extractor();
        await using var other = harness.Extractor();
        await using var run = await OpenAsync(driver);
        driver.Engine.Fault = point =>
        {
            if (point == "submit.intend:before")
            {
                driver.Engine.Fault = null;
                other.Engine.Ledger.WriteAsync(
                    connection =>
                    {
                        if (pauses)
                        {
                            LedgerRuns.SetPaused(connection, 1, isPaused: true);
                        }
                        else
                        {
                            LedgerRuns.SetCancelling(connection, 1, isCancelling: true);
                        }
                    },
                    Token).GetAwaiter().GetResult();
            }
        };

        Assert.Equal(3, (await run.CompleteAsync(Token)).Pending);
        Assert.Empty(harness.Emulator.Jobs);
        await run.ContinueAsync(Token);
        Assert.Equal(3, (await run.CompleteAsync(Token)).Succeeded);
        await PipelineHarness.RequireSoundAsync(driver);
    }

    [Fact]
    public async Task A_job_that_is_recorded_while_a_sweep_looks_is_no_stray()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with { PendingTime = TimeSpan.FromHours(5) });
        await using var driver = harness.Extractor();
        await using var sweeper = harness.Extractor();
        await using var run = await OpenAsync(driver);
        using var isCreated = new SemaphoreSlim(0);
        using var mayRecord = new SemaphoreSlim(0);
        using var stop = new CancellationTokenSource();
        driver.Engine.Fault = point =>
        {
            if (point == "submit.create:after")
            {
                isCreated.Release();
                mayRecord.Wait(Token);
            }
            else if (point == "submit.record:after")
            {
                stop.Cancel();
            }
        };
        var driving = run.CompleteAsync(stop.Token);
        await isCreated.WaitAsync(Token);
        Interleaving.BeforeReading(sweeper, "WHERE display_name =", () =>
        {
            mayRecord.Release();
            Assert.ThrowsAnyAsync<OperationCanceledException>(() => driving).GetAwaiter().GetResult();
        });

        Assert.Empty(await sweeper.SweepJobsAsync(Token).ToListAsync(Token));
        driver.Engine.Fault = null;
        Assert.Equal(3, (await run.CompleteAsync(Token)).Succeeded);
    }

    [Fact]
    public async Task A_file_that_a_run_comes_to_need_while_others_are_deleted_stays()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var extractor = harness.Extractor(configure: static options => options.MaxShardRows = 2);
        await extractor.ExtractAsync<Receipt>("receipts", PipelineHarness.Documents(4), PipelineHarness.Request, Token).ToListAsync(Token);
        await using var deleting = extractor.CleanUpFilesAsync(TimeSpan.Zero, Token).GetAsyncEnumerator(Token);
        Assert.True(await deleting.MoveNextAsync());
        await using (await RunLease.TakeAsync(extractor.Engine.Ledger, harness.Clock, 1, "receipts", Token))
        {
            Assert.False(await deleting.MoveNextAsync());
        }

        Assert.Single(await extractor.CleanUpFilesAsync(TimeSpan.Zero, Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_run_cannot_be_opened_between_the_look_for_runs_and_the_removal_of_their_documents()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var extractor = harness.Extractor();
        await using var other = harness.Extractor(configureLedger: static options => options.BusyTimeout = TimeSpan.FromSeconds(1));
        _ = other.Engine.Ledger;
        var document = BatchDocument.FromText("receipt", PipelineHarness.Text(1));
        document = document with { Parts = [BatchDocumentPart.Bytes(new byte[] { 1, 2, 3 }, "image/png"), .. document.Parts] };
        await extractor.ExtractAsync<Receipt>("receipts", [document], PipelineHarness.Request, Token).ToListAsync(Token);
        var content = Path.Combine(harness.LedgerPath + ".spool", "content");
        Directory.CreateDirectory($"{content}-{Guid.NewGuid():N}");
        Exception? refused = null;
        await Interleaving.BeforeWritingAsync(
            extractor, "SELECT 1 FROM runs LIMIT 1", () => refused = Record.ExceptionAsync(async () => await OpenAsync(other)).AsTask().GetAwaiter().GetResult());

        await extractor.DeleteRunAsync("receipts", Token);

        Assert.Equal(LedgerProblem.Busy, Assert.IsType<LedgerException>(refused).Problem);
        Assert.Empty(Directory.GetDirectories(harness.LedgerPath + ".spool", "content*"));
    }

    [Theory]
    [InlineData("counts a cost of")]
    [InlineData("SELECT body, rows FROM chunks")]
    public async Task A_run_that_is_deleted_while_the_ledger_is_checked_is_no_damage(string statement)
    {
        await using var harness = await PipelineHarness.StartAsync();
        await harness.ExtractAsync(PipelineHarness.Documents(3));
        await using var checker = harness.Extractor();
        await using var other = harness.Extractor();
        var isDeleted = false;
        Interleaving.BeforeReading(checker, statement, () =>
        {
            other.DeleteRunAsync("receipts", Token).GetAwaiter().GetResult();
            isDeleted = true;
        });

        await PipelineHarness.RequireSoundAsync(checker);
        Assert.True(isDeleted);
    }

    [Fact]
    public async Task A_run_that_is_deleted_while_it_is_exported_is_no_damage_and_its_export_not_whole()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await harness.ExtractAsync(PipelineHarness.Documents(3));
        await using var exporter = harness.Extractor();
        await using var other = harness.Extractor();
        await using var run = await exporter.ResumeAsync("receipts", Token);
        Interleaving.BeforeReading(exporter, "SELECT body, rows FROM chunks", () => other.DeleteRunAsync("receipts", Token).GetAwaiter().GetResult());

        Assert.Equal(LedgerProblem.Missing, (await Assert.ThrowsAsync<LedgerException>(() => run.WriteJsonLinesAsync(Stream.Null, Token))).Problem);
        Assert.Equal(RunRefusal.NotFound, (await Assert.ThrowsAsync<RunRefusedException>(() => run.WriteJsonLinesAsync(Stream.Null, Token))).Refusal);
    }

    private static ValueTask<ExtractionRun<Receipt>> OpenAsync(BatchExtractor extractor) =>
        extractor.OpenAsync<Receipt>("receipts", PipelineHarness.Documents(3).ToAsyncEnumerable(), PipelineHarness.Request, Token);
}
