namespace GeminiBatch.Tests.Running;

/// <summary>Two programs on one run of one ledger, each of which does something between two steps of the other.</summary>
public sealed class RunRaceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_is_being_planned_stays_with_the_account_that_plans_it()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var planner = harness.Extractor();
        await using var other = harness.Extractor(key: "another-key");
        await using var run = await OpenAsync(planner);
        using var isPlanning = new SemaphoreSlim(0);
        using var mayGoOn = new SemaphoreSlim(0);
        planner.Engine.Fault = point =>
        {
            if (point == "plan.end:before")
            {
                isPlanning.Release();
                mayGoOn.Wait(Token);
            }
        };
        var driving = run.CompleteAsync(Token);
        await isPlanning.WaitAsync(Token);
        var opening = await Record.ExceptionAsync(async () => await OpenAsync(other));
        mayGoOn.Release();

        Assert.Equal(RunRefusal.BackendChanged, Assert.IsType<RunRefusedException>(opening).Refusal);
        Assert.Equal(3, (await driving).Succeeded);
        Assert.Equal(planner.Engine.Backend.Identity, run.Session.ReadRun().Backend);
    }

    [Theory]
    [InlineData(5, 5.0, 1)]
    [InlineData(3, null, 1)]
    [InlineData(3, 6.0, 1)]
    [InlineData(3, 5.0, 4)]
    public async Task What_another_program_adds_to_a_plan_is_not_sent_before_it_is_planned_again(int documents, double? cap, int attempts)
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var extractor = harness.Extractor();
        await using var other = harness.Extractor();
        var request = PipelineHarness.Request with { MaxCost = 5m, MaxAttempts = 1 };
        await using var run = await OpenAsync(extractor, request: request);
        await run.PlanAsync(Token);
        await using (var changed = await OpenAsync(other, documents, request with { MaxCost = (decimal?)cap, MaxAttempts = attempts }))
        {
            await changed.PlanAsync(Token);
        }

        var error = await Assert.ThrowsAsync<RunRefusedException>(() => run.CompleteAsync(Token));

        Assert.Equal(RunRefusal.PlanChanged, error.Refusal);
        Assert.Empty(harness.Emulator.Jobs);
        Assert.Equal(documents, (await run.PlanAsync(Token)).Rows);
        Assert.Equal(documents, (await run.CompleteAsync(Token)).Succeeded);
    }

    [Theory]
    [InlineData("recipe", "another recipe")]
    [InlineData("consent", "searches with Google")]
    [InlineData("free", "searches with Google")]
    public async Task Another_recipe_and_dearer_searches_are_told_as_well(string change, string told)
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var extractor = harness.Extractor();
        await using var other = harness.Extractor();
        await using var run = await OpenAsync(extractor);
        await run.PlanAsync(Token);
        var changed = change switch
        {
            "recipe" => PipelineHarness.Request with { Prompt = "Extract that.", OnRecipeChange = RecipeChange.ExtractAgain },
            "consent" => PipelineHarness.Request with { AllowSearchCost = true },
            _ => PipelineHarness.Request with { FreeSearches = 5_000 },
        };
        await using (var again = await OpenAsync(other, request: changed))
        {
            await again.PlanAsync(Token);
        }

        var error = await Assert.ThrowsAsync<RunRefusedException>(() => run.CompleteAsync(Token));

        Assert.Equal(RunRefusal.PlanChanged, error.Refusal);
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
        Assert.Empty(harness.Emulator.Jobs);
        await run.PlanAsync(Token);
        Assert.Equal(3, (await run.CompleteAsync(Token)).Succeeded);
    }

    [Fact]
    public async Task Bounds_that_a_handle_loosens_itself_hold_for_what_it_has_planned()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var extractor = harness.Extractor();
        await using var run = await OpenAsync(extractor, request: PipelineHarness.Request with { MaxCost = 0.00001m });
        await run.PlanAsync(Token);
        await run.ChangeBoundsAsync(new RunBounds { MaxCost = 7m, MaxAttempts = 9, AllowSearchCost = true }, Token);

        Assert.Equal(3, (await run.CompleteAsync(Token)).Succeeded);
    }

    [Theory]
    [InlineData(RecipeChange.Refuse)]
    [InlineData(RecipeChange.Keep)]
    public async Task A_recipe_that_another_program_has_extracted_with_meanwhile_is_not_replaced_unasked(RecipeChange change)
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var extractor = harness.Extractor();
        await using var run = await OpenAsync(extractor, request: PipelineHarness.Request with { Prompt = "Extract the receipt, carefully.", OnRecipeChange = change });
        await harness.ExtractAsync(PipelineHarness.Documents(3));
        if (change == RecipeChange.Refuse)
        {
            Assert.Equal(RunRefusal.RecipeChanged, (await Assert.ThrowsAsync<RunRefusedException>(() => run.PlanAsync(Token))).Refusal);
        }
        else
        {
            Assert.Equal(3, (await run.CompleteAsync(Token)).Succeeded);
        }

        Assert.Single(harness.Emulator.Jobs);
        Assert.Equal(0, run.Session.ReadRun().Superseded);
    }

    [Fact]
    public async Task A_run_that_was_deleted_meanwhile_is_made_anew_under_a_number_of_its_own()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var extractor = harness.Extractor();
        await using var run = await OpenAsync(extractor);
        await harness.ExtractAsync(PipelineHarness.Documents(3));
        await using (var other = harness.Extractor())
        {
            await other.DeleteRunAsync("receipts", Token);
        }

        Assert.Equal(3, await run.ResultsAsync(Token).CountAsync(Token));
        Assert.Equal(["1-1-1", "2-1-1"], harness.Emulator.Jobs.Select(static job => job.DisplayName[^5..]));
        await PipelineHarness.RequireSoundAsync(extractor);
    }

    [Fact]
    public async Task A_run_that_was_deleted_meanwhile_is_not_there_for_a_handle_that_has_no_documents_left()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var extractor = harness.Extractor();
        await using var run = await OpenAsync(extractor);
        await run.PlanAsync(Token);
        await using (var other = harness.Extractor())
        {
            await other.DeleteRunAsync("receipts", Token);
        }

        foreach (var act in (Func<Task>[])[() => run.CompleteAsync(Token), () => run.CancelAsync(Token), () => run.PauseAsync(Token), () => run.PlanAsync(Token), () => run.ProgressAsync(Token)])
        {
            Assert.Equal(RunRefusal.NotFound, (await Assert.ThrowsAsync<RunRefusedException>(act)).Refusal);
        }

        Assert.Equal(RunRefusal.NotFound, (await Assert.ThrowsAsync<RunRefusedException>(() => RunLease.TakeAsync(extractor.Engine.Ledger, harness.Clock, 1, "receipts", Token))).Refusal);
        Assert.Empty(await extractor.ListRunsAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_program_that_slept_past_its_lease_before_planning_leaves_the_rows_of_another_alone()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var asleep = harness.Extractor();
        await using var awake = harness.Extractor();
        await using var run = await OpenAsync(asleep);
        ExtractionRun<Receipt>? other = null;
        var spool = Path.Combine(harness.LedgerPath + ".spool", "run-1.rows");
        asleep.Engine.Fault = point =>
        {
            if (point == "plan.bounds:after")
            {
                harness.Clock.Advance(TimeSpan.FromMinutes(5));
                other = OpenAsync(awake).AsTask().GetAwaiter().GetResult();
                other.PlanAsync(Token).GetAwaiter().GetResult();
                File.AppendAllText(spool, "rows that are not committed yet");
            }
        };

        Assert.Equal(RunRefusal.InUse, (await Assert.ThrowsAsync<RunRefusedException>(() => run.PlanAsync(Token))).Refusal);
        Assert.EndsWith("not committed yet", await File.ReadAllTextAsync(spool, Token), StringComparison.Ordinal);
        await PipelineHarness.RequireSoundAsync(awake);
        Assert.Equal(3, (await other!.CompleteAsync(Token)).Succeeded);
        await other.DisposeAsync();
    }

    [Fact]
    public async Task A_job_that_was_created_in_the_sleep_past_a_lease_is_left_to_the_program_that_looks_for_it()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with { PendingTime = TimeSpan.FromHours(5) });
        await using var asleep = harness.Extractor();
        await using var awake = harness.Extractor();
        await using var run = await OpenAsync(asleep);
        RunLease? taken = null;
        asleep.Engine.Fault = point =>
        {
            if (point == "submit.create:after")
            {
                harness.Clock.Advance(TimeSpan.FromMinutes(5));
                taken = RunLease.TakeAsync(awake.Engine.Ledger, harness.Clock, 1, "receipts", Token).GetAwaiter().GetResult();
            }
        };

        Assert.Equal(RunRefusal.InUse, (await Assert.ThrowsAsync<RunRefusedException>(() => run.CompleteAsync(Token))).Refusal);
        Assert.DoesNotContain(harness.Emulator.Calls, static call => call.Operation == EmulatedOperation.CancelBatch);
        await taken!.DisposeAsync();
        await using var other = await OpenAsync(awake);
        Assert.Equal(3, (await other.CompleteAsync(Token)).Succeeded);
        Assert.Single(harness.Emulator.Jobs);
    }

    private static ValueTask<ExtractionRun<Receipt>> OpenAsync(BatchExtractor extractor, int documents = 3, ExtractionRequest? request = null) =>
        extractor.OpenAsync<Receipt>("receipts", PipelineHarness.Documents(documents).ToAsyncEnumerable(), request ?? PipelineHarness.Request, Token);
}
