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

    private static ValueTask<ExtractionRun<Receipt>> OpenAsync(BatchExtractor extractor) =>
        extractor.OpenAsync<Receipt>("receipts", PipelineHarness.Documents(3).ToAsyncEnumerable(), PipelineHarness.Request, Token);
}
