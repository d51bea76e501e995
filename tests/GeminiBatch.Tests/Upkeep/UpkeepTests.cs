namespace GeminiBatch.Tests.Upkeep;

public sealed class UpkeepTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("developer")]
    [InlineData("vertex")]
    public async Task Cleaning_up_deletes_own_old_files_that_nothing_needs_and_no_others(string backend)
    {
        await using var harness = await PipelineHarness.StartAsync();
        BatchExtractor Own(string ledger = "ledger.db") => backend == "vertex" ? harness.VertexExtractor(Path.Combine(harness.Folder, ledger)) : harness.Extractor(Path.Combine(harness.Folder, ledger));
        await using var foreign = Own("foreign.db");
        await foreign.ExtractAsync<Receipt>("receipts", PipelineHarness.Documents(2), PipelineHarness.Request, Token).ToListAsync(Token);
        await using var extractor = Own();
        await extractor.ExtractAsync<Receipt>("receipts", PipelineHarness.Documents(2), PipelineHarness.Request, Token).ToListAsync(Token);
        Assert.Empty(await extractor.CleanUpFilesAsync(TimeSpan.FromHours(1), Token).ToListAsync(Token));
        harness.Clock.Advance(TimeSpan.FromHours(2));
        var deleted = Assert.Single(await extractor.CleanUpFilesAsync(TimeSpan.FromHours(1), Token).ToListAsync(Token));
        Assert.Contains($"gb-{extractor.Engine.Ledger.Name}-1-1", deleted.Name, StringComparison.Ordinal);
        Assert.Empty(await extractor.CleanUpFilesAsync(TimeSpan.Zero, Token).ToListAsync(Token));
        Assert.Single(await foreign.CleanUpFilesAsync(TimeSpan.Zero, Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Files_of_a_run_that_is_driven_are_left_to_its_driver()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var extractor = harness.Extractor();
        await extractor.ExtractAsync<Receipt>("receipts", PipelineHarness.Documents(2), PipelineHarness.Request, Token).ToListAsync(Token);
        await using (await RunLease.TakeAsync(extractor.Engine.Ledger, harness.Clock, 1, "receipts", Token))
        {
            Assert.Empty(await extractor.CleanUpFilesAsync(TimeSpan.Zero, Token).ToListAsync(Token));
        }

        Assert.Single(await extractor.CleanUpFilesAsync(TimeSpan.Zero, Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_sweep_cancels_own_jobs_that_nothing_stands_for_and_no_others()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with { PendingTime = TimeSpan.FromHours(5) });
        await using var extractor = harness.Extractor();
        var client = harness.Client();
        var file = await UploadAsync(client);
        foreach (var name in (string[])[$"gb-{extractor.Engine.Ledger.Name}-7-1-1", "gb-aaaaaaaa-7-1-1", "somebody else's"])
        {
            await client.Batches.CreateFromFileAsync(GeminiModels.Flash35Lite, name, file, Token);
        }

        Assert.Equal($"gb-{extractor.Engine.Ledger.Name}-7-1-1", Assert.Single(await extractor.FindStrayJobsAsync(Token).ToListAsync(Token)).DisplayName);
        Assert.DoesNotContain(harness.Emulator.Calls, static call => call.Operation == EmulatedOperation.CancelBatch);
        Assert.Equal($"gb-{extractor.Engine.Ledger.Name}-7-1-1", Assert.Single(await extractor.SweepJobsAsync(Token).ToListAsync(Token)).DisplayName);
        Assert.Single(harness.Emulator.Calls, static call => call.Operation == EmulatedOperation.CancelBatch);
        harness.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(await extractor.SweepJobsAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_deleted_run_is_gone_and_what_others_took_from_it_stays()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await harness.ExtractAsync(PipelineHarness.Documents(3), run: "first");
        await harness.ExtractAsync(PipelineHarness.Documents(4), run: "second");
        await using var extractor = harness.Extractor();
        await extractor.DeleteRunAsync("first", Token);
        await PipelineHarness.RequireSoundAsync(extractor);
        Assert.Equal("second", (await extractor.ListRunsAsync(Token).SingleAsync(Token)).Name);
        Assert.False(File.Exists(Path.Combine(harness.LedgerPath + ".spool", "run-1.rows")));
        await using var second = await extractor.ResumeAsync("second", Token);
        Assert.Equal(4, (await second.UntypedResultsAsync(Token).ToListAsync(Token)).Count(static result => result.Succeeded));
        Assert.Equal(RunRefusal.NotFound, (await Assert.ThrowsAsync<RunRefusedException>(() => extractor.DeleteRunAsync("first", Token))).Refusal);

        // Its number is not given again: names at the backend carry it.
        await harness.ExtractAsync(PipelineHarness.Documents(1, first: 50), run: "third");
        Assert.EndsWith("-3-1-1", harness.Emulator.Jobs[^1].DisplayName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paused_run_sends_nothing_and_collects_what_is_under_way()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var extractor = harness.Extractor(configure: static options => (options.MaxShardRows, options.MaxConcurrentJobs) = (5, 1));
        await using var run = await extractor.OpenAsync<Receipt>("receipts", PipelineHarness.Documents(20).ToAsyncEnumerable(), PipelineHarness.Request, Token);
        extractor.Engine.Fault = point =>
        {
            if (point == "submit.record:after")
            {
                extractor.Engine.Fault = null;
                run.PauseAsync(Token).GetAwaiter().GetResult();
            }
        };
        var paused = await run.CompleteAsync(Token);
        Assert.Equal((5L, 15L), (paused.Succeeded, paused.Pending));
        Assert.Equal(5, (await run.CompleteAsync(Token)).Succeeded);
        await run.ContinueAsync(Token);
        Assert.Equal(20, (await run.CompleteAsync(Token)).Succeeded);
    }

    [Fact]
    public async Task Damage_that_only_the_answers_show_is_found_by_reading_them()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await harness.ExtractAsync(PipelineHarness.Documents(3));
        await using var extractor = harness.Extractor();
        await extractor.Engine.Ledger.WriteAsync(static connection => connection.Execute("UPDATE rows SET ordinal = 2 - ordinal"), Token);
        var findings = await extractor.CheckAsync(readsAnswers: true, Token).ToListAsync(Token);
        Assert.Equal(["answers_carry_their_key", "answers_carry_their_key"], findings.Select(static finding => finding.Rule));
        await using var run = await extractor.ResumeAsync("receipts", Token);
        Assert.Equal(LedgerProblem.Corrupt, (await Assert.ThrowsAsync<LedgerException>(async () => await run.EndedResultsAsync(Token).ToListAsync(Token))).Problem);
        await extractor.Engine.Ledger.WriteAsync(static connection => connection.Execute("UPDATE chunks SET body = x'00'"), Token);
        Assert.Equal("answers_are_readable", Assert.Single(await extractor.CheckAsync(readsAnswers: true, Token).ToListAsync(Token)).Rule);
        await extractor.Engine.Ledger.WriteAsync(static connection => connection.Execute("UPDATE runs SET spent = spent * 2"), Token);
        Assert.Equal("spent_is_what_rows_cost", Assert.Single(await extractor.CheckAsync(cancellationToken: Token).ToListAsync(Token)).Rule);
    }

    private static async Task<string> UploadAsync(DeveloperApiClient client)
    {
        var row = """{"key":"k","request":{"contents":[{"parts":[{"text":"x"}]}]}}"""u8.ToArray();
        using var stream = new MemoryStream(row);
        return (await client.Files.UploadAsync(stream, new GeminiUpload { Name = "rows", MimeType = "application/jsonl", Size = row.Length }, Token)).Name;
    }
}
