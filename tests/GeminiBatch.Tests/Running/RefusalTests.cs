namespace GeminiBatch.Tests.Running;

public sealed class RefusalTests
{
    private static readonly ExtractionRequest s_other = PipelineHarness.Request with { Prompt = "Extract the receipt, carefully." };

    [Fact]
    public async Task Another_recipe_is_refused_with_the_difference_the_rows_and_the_price()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await harness.ExtractAsync(PipelineHarness.Documents(4));
        var error = await Assert.ThrowsAsync<RunRefusedException>(() => harness.ExtractAsync(PipelineHarness.Documents(4), s_other));

        Assert.Equal(RunRefusal.RecipeChanged, error.Refusal);
        Assert.StartsWith("prompt: ", Assert.Single(error.Differences), StringComparison.Ordinal);
        Assert.Equal(4, error.Rows);
        Assert.True(error.EstimatedCost > 0);
        Assert.Single(harness.Emulator.Jobs);
    }

    [Fact]
    public async Task Another_recipe_may_be_kept_out_or_paid_for_again()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var first = await harness.ExtractAsync(PipelineHarness.Documents(4));
        var kept = await harness.ExtractAsync(PipelineHarness.Documents(4), s_other with { OnRecipeChange = RecipeChange.Keep });
        Assert.Equal(first.Select(static result => result.Key), kept.Select(static result => result.Key));
        Assert.Single(harness.Emulator.Jobs);

        var again = await harness.ExtractAsync(PipelineHarness.Documents(4), s_other with { OnRecipeChange = RecipeChange.ExtractAgain });
        Assert.Equal(4, again.Count);
        Assert.Empty(again.Select(static result => result.Key).Intersect(first.Select(static result => result.Key)));
        Assert.Equal(2, harness.Emulator.Jobs.Count);
        Assert.Equal(4, (await harness.ExtractAsync(PipelineHarness.Documents(4), s_other)).Count);
        Assert.Equal(2, harness.Emulator.Jobs.Count);
    }

    [Fact]
    public async Task A_run_stays_with_the_account_that_it_was_planned_with()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await harness.ExtractAsync(PipelineHarness.Documents(1));
        await using var extractor = harness.Extractor(key: "another-key");
        var error = await Assert.ThrowsAsync<RunRefusedException>(async () => await extractor.OpenAsync<Receipt>("receipts", PipelineHarness.Documents(1).ToAsyncEnumerable(), PipelineHarness.Request, TestContext.Current.CancellationToken));
        Assert.Equal(RunRefusal.BackendChanged, error.Refusal);
        Assert.DoesNotContain("another-key", error.Message, StringComparison.Ordinal);
        await using var resumed = await extractor.ResumeAsync("receipts", TestContext.Current.CancellationToken);
        Assert.Equal(RunRefusal.BackendChanged, (await Assert.ThrowsAsync<RunRefusedException>(() => resumed.CompleteAsync(TestContext.Current.CancellationToken))).Refusal);
    }

    [Theory]
    [InlineData("k-00000001", true)]
    [InlineData("project-other", false)]
    public async Task A_new_key_that_reads_the_runs_own_job_goes_on_with_it(string account, bool isTaken)
    {
        await using var harness = await PipelineHarness.StartAsync();
        await harness.ExtractAsync(PipelineHarness.Documents(1));
        await using var extractor = BatchExtractor.Create(builder => builder
            .UseBackend(_ => new RotatedKeyBackend(new DeveloperBackend(harness.Client()), account)).UseSqliteLedger(harness.LedgerPath).UseTimeProvider(harness.Clock));
        await using var run = await extractor.ResumeAsync("receipts", TestContext.Current.CancellationToken);

        if (isTaken)
        {
            Assert.Equal(1, (await run.CompleteAsync(TestContext.Current.CancellationToken)).Succeeded);
            Assert.Contains(account, (await extractor.ListRunsAsync(TestContext.Current.CancellationToken).SingleAsync(TestContext.Current.CancellationToken)).Backend, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(RunRefusal.BackendChanged, (await Assert.ThrowsAsync<RunRefusedException>(() => run.CompleteAsync(TestContext.Current.CancellationToken))).Refusal);
        }
    }

    [Fact]
    public async Task A_run_that_has_sent_nothing_yet_goes_to_whoever_opens_it()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using (var wrong = harness.Extractor(key: "bad-key"))
        {
            await using var run = await wrong.OpenAsync<Receipt>("receipts", PipelineHarness.Documents(1).ToAsyncEnumerable(), PipelineHarness.Request, TestContext.Current.CancellationToken);
            await Assert.ThrowsAsync<GeminiApiException>(() => run.CompleteAsync(TestContext.Current.CancellationToken));
        }

        Assert.True(Assert.Single(await harness.ExtractAsync(PipelineHarness.Documents(1))).Succeeded);
    }

    [Fact]
    public async Task A_cap_refuses_before_the_first_remote_call_and_a_higher_one_goes_on()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var error = await Assert.ThrowsAsync<RunRefusedException>(() => harness.ExtractAsync(PipelineHarness.Documents(50), PipelineHarness.Request with { MaxCost = 0.001m }));
        Assert.Equal(RunRefusal.CostCap, error.Refusal);
        Assert.Empty(harness.Emulator.Calls);
        Assert.Equal(50, (await harness.ExtractAsync(PipelineHarness.Documents(50), PipelineHarness.Request with { MaxCost = 1m })).Count);
    }

    [Fact]
    public async Task A_cap_stops_the_run_when_answers_cost_more_than_estimated_and_keeps_what_was_answered()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with
        {
            Answerer = static (key, _) => $$"""{"number":"{{key}} {{new string('x', 60_000)}}","total":1}""",
        });
        static void OneByOne(GeminiBatchOptions options) => (options.MaxShardRows, options.MaxConcurrentJobs) = (5, 1);
        var error = await Assert.ThrowsAsync<RunRefusedException>(() => harness.ExtractAsync(PipelineHarness.Documents(20), PipelineHarness.Request with { MaxCost = 0.1m }, OneByOne));
        Assert.Equal(RunRefusal.CostCap, error.Refusal);
        Assert.Single(harness.Emulator.Jobs);

        var results = await harness.ExtractAsync(PipelineHarness.Documents(20), PipelineHarness.Request with { MaxCost = 10m }, OneByOne);
        Assert.Equal(20, results.Count(static result => result.Succeeded));
        Assert.Equal(4, harness.Emulator.Jobs.Count);
        await using var extractor = harness.Extractor();
        await using var run = await extractor.ResumeAsync("receipts", TestContext.Current.CancellationToken);
        Assert.Contains((await run.SummaryAsync(TestContext.Current.CancellationToken)).Notes, static note => note.Contains("cost more than was held back", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cap_is_raised_without_the_documents()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await Assert.ThrowsAsync<RunRefusedException>(() => harness.ExtractAsync(PipelineHarness.Documents(50), PipelineHarness.Request with { MaxCost = 0.001m }));
        await using var extractor = harness.Extractor();
        await using var run = await extractor.ResumeAsync("receipts", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => run.ChangeBoundsAsync(new RunBounds { MaxCost = -1 }, TestContext.Current.CancellationToken));
        Assert.Equal(RunRefusal.CostCap, (await Assert.ThrowsAsync<RunRefusedException>(() => run.CompleteAsync(TestContext.Current.CancellationToken))).Refusal);
        await run.ChangeBoundsAsync(new RunBounds { MaxCost = 1m }, TestContext.Current.CancellationToken);
        var summary = await run.CompleteAsync(TestContext.Current.CancellationToken);
        Assert.Equal(50, summary.Succeeded);
        Assert.Equal(summary.Cost, summary.CostByPart!.Total);
        Assert.True(summary.EstimatedCost > summary.Cost);
    }

    [Fact]
    public async Task A_run_whose_documents_never_came_leaves_nothing_behind()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var extractor = harness.Extractor();
        var token = TestContext.Current.CancellationToken;
        await using var other = await extractor.OpenAsync<Receipt>("receipts", PipelineHarness.Documents(1).ToAsyncEnumerable(), PipelineHarness.Request, token);
        await using (var run = await extractor.OpenAsync<Receipt>("receipts", BatchDocument.FromFolder(Path.Combine(harness.Folder, "nowhere")), PipelineHarness.Request, token))
        {
            await Assert.ThrowsAsync<DocumentException>(() => run.PlanAsync(token));
        }

        Assert.Empty(await extractor.ListRunsAsync(token).ToListAsync(token));
        Assert.Equal(1, (await other.CompleteAsync(token)).Succeeded);
        Assert.Equal("receipts", Assert.Single(await extractor.ListRunsAsync(token).ToListAsync(token)).Name);
    }

    [Fact]
    public async Task A_model_of_unknown_price_is_refused_under_a_cap_and_shown_as_unknown_without()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var unknown = PipelineHarness.Request with { Model = "gemini-of-tomorrow" };
        var error = await Assert.ThrowsAsync<RunRefusedException>(() => harness.ExtractAsync(PipelineHarness.Documents(1), unknown with { MaxCost = 100m }));
        Assert.Equal(RunRefusal.UnknownPrice, error.Refusal);

        await using var extractor = harness.Extractor();
        await using var run = await extractor.OpenAsync<Receipt>("free", PipelineHarness.Documents(1).ToAsyncEnumerable(), unknown, TestContext.Current.CancellationToken);
        var plan = await run.PlanAsync(TestContext.Current.CancellationToken);
        Assert.Null(plan.EstimatedCost);
        Assert.Equal(2, plan.Warnings.Count);
    }

    [Fact]
    public async Task A_retired_model_is_refused_with_its_successor()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var retired = GeminiCatalogue.Default.Models.First(static model => model.StatusOn(new DateOnly(2026, 11, 22)) == GeminiModelStatus.Retired);
        var error = await Assert.ThrowsAsync<RunRefusedException>(() => harness.ExtractAsync(PipelineHarness.Documents(1), PipelineHarness.Request with { Model = retired.Id }));
        Assert.Equal(RunRefusal.RetiredModel, error.Refusal);
    }

    [Theory]
    [InlineData("gemini flash")]
    [InlineData("models/../x")]
    [InlineData("")]
    public async Task What_is_no_models_name_is_refused_before_anything_is_planned(string model)
    {
        await using var harness = await PipelineHarness.StartAsync();
        var error = await Assert.ThrowsAnyAsync<ArgumentException>(() => harness.ExtractAsync(PipelineHarness.Documents(1), PipelineHarness.Request with { Model = model }));
        Assert.Contains("model", error.Message, StringComparison.Ordinal);
        Assert.Empty(harness.Emulator.Calls);
    }

    [Fact]
    public async Task A_cap_that_is_no_sensible_amount_is_refused()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => harness.ExtractAsync(PipelineHarness.Documents(1), PipelineHarness.Request with { MaxCost = 10_000_000m }));
        Assert.Single(await harness.ExtractAsync(PipelineHarness.Documents(1), PipelineHarness.Request with { MaxCost = 9_000_000m }));
    }

    [Fact]
    public async Task A_run_that_is_not_there_is_named()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var extractor = harness.Extractor();
        var error = await Assert.ThrowsAsync<RunRefusedException>(async () => await extractor.ResumeAsync("nothing", TestContext.Current.CancellationToken));
        Assert.Equal(RunRefusal.NotFound, error.Refusal);
    }
}
