namespace GeminiBatch.Tests.Planning;

public sealed class PlanningTests
{
    [Fact]
    public async Task Documents_of_equal_content_share_one_row_and_keep_their_own_id_and_metadata()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var results = await harness.ExtractAsync(
        [
            BatchDocument.FromText("a", PipelineHarness.Text(1)).WithMetadata(new Provenance("Acme", 2025)),
            BatchDocument.FromText("b", PipelineHarness.Text(1)).WithMetadata(new Provenance("Zenith", 2026)),
        ]);

        Assert.Equal(["a", "b"], results.Select(static result => result.DocumentId));
        Assert.Equal(results[0].Key, results[1].Key);
        Assert.Equal(new Provenance("Acme", 2025), results[0].MetadataAs<Provenance>());
        Assert.Equal(new Provenance("Zenith", 2026), results[1].MetadataAs<Provenance>());
        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(harness.LedgerPath + ".spool", "run-1.rows"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Metadata_shown_to_the_model_are_part_of_the_key()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var results = await harness.ExtractAsync(
            [
                BatchDocument.FromText("a", PipelineHarness.Text(1)).WithMetadata(new Provenance("Acme", 2025)),
                BatchDocument.FromText("b", PipelineHarness.Text(1)).WithMetadata(new Provenance("Zenith", 2026)),
            ],
            PipelineHarness.Request with { IncludeMetadataInPrompt = true });
        Assert.NotEqual(results[0].Key, results[1].Key);
    }

    [Fact]
    public async Task A_changed_document_is_a_new_item_and_its_old_result_is_streamed_no_more()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await harness.ExtractAsync(PipelineHarness.Documents(3));
        BatchDocument[] changed = [.. PipelineHarness.Documents(2), BatchDocument.FromText("receipt-0003", PipelineHarness.Text(3, total: 99m))];
        var results = await harness.ExtractAsync(changed);

        Assert.Equal(3, results.Count);
        Assert.Equal(99m, Assert.Single(results, static result => result.DocumentId == "receipt-0003").Value!.Total);
        Assert.Equal(2, harness.Emulator.Jobs.Count);

        // Changed back: the row and its answer are still there.
        var back = await harness.ExtractAsync(PipelineHarness.Documents(3));
        Assert.Equal(3.75m, Assert.Single(back, static result => result.DocumentId == "receipt-0003").Value!.Total);
        Assert.Equal(2, harness.Emulator.Jobs.Count);
    }

    [Fact]
    public async Task Documents_added_later_are_the_only_ones_submitted()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await harness.ExtractAsync(PipelineHarness.Documents(3));
        await using var extractor = harness.Extractor();
        await using var run = await Open(extractor, PipelineHarness.Documents(5));
        var plan = await run.PlanAsync(TestContext.Current.CancellationToken);

        Assert.Equal((5L, 5L, 2L, 1L), (plan.Documents, plan.Items, plan.RowsToSend, plan.Shards));
        Assert.Equal(1, (await run.CompleteAsync(TestContext.Current.CancellationToken)).JobsSubmitted);
        Assert.Equal(5, (await run.ResultsAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task Two_documents_of_one_id_are_an_error_that_names_both()
    {
        await using var harness = await PipelineHarness.StartAsync();
        BatchDocument[] documents = [.. PipelineHarness.Documents(3), BatchDocument.FromText("receipt-0002", "Another.")];
        var error = await Assert.ThrowsAsync<DocumentException>(() => harness.ExtractAsync(documents));
        Assert.Equal(("duplicate_id", "receipt-0002"), (error.Reason, error.DocumentId));
        Assert.Contains("Document 2 and document 4", error.Message, StringComparison.Ordinal);

        // Also over documents that are known from before, and with equal content.
        await harness.ExtractAsync(PipelineHarness.Documents(3), run: "again");
        BatchDocument[] twice = [.. PipelineHarness.Documents(3), .. PipelineHarness.Documents(1)];
        Assert.Contains("Document 1 and document 4", (await Assert.ThrowsAsync<DocumentException>(() => harness.ExtractAsync(twice, run: "again"))).Message, StringComparison.Ordinal);
        Assert.Single(harness.Emulator.Jobs);
    }

    [Fact]
    public async Task Nothing_is_sent_while_planning_was_interrupted()
    {
        await using var harness = await PipelineHarness.StartAsync();
        static async IAsyncEnumerable<BatchDocument> Broken()
        {
            foreach (var document in PipelineHarness.Documents(1_500))
            {
                yield return document;
            }

            await Task.Yield();
            throw new InvalidOperationException("The source broke.");
        }

        await using var extractor = harness.Extractor();
        await using (var run = await extractor.OpenAsync<Receipt>("receipts", Broken(), PipelineHarness.Request, TestContext.Current.CancellationToken))
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => run.CompleteAsync(TestContext.Current.CancellationToken));
        }

        await using (var resumed = await extractor.ResumeAsync("receipts", TestContext.Current.CancellationToken))
        {
            var error = await Assert.ThrowsAsync<RunRefusedException>(() => resumed.CompleteAsync(TestContext.Current.CancellationToken));
            Assert.Equal(RunRefusal.NotPlanned, error.Refusal);
        }

        Assert.Empty(harness.Emulator.Jobs);
        Assert.Equal(1_600, (await harness.ExtractAsync(PipelineHarness.Documents(1_600))).Count);
        Assert.Single(harness.Emulator.Jobs);
    }

    [Fact]
    public async Task Unreadable_files_of_a_folder_are_skipped_by_name_where_somebody_listens()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(harness.Folder, "inbox")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "a.txt"), PipelineHarness.Text(1), TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(folder, "b.txt"), Path.Combine(folder, "gone.txt"));
        await using var extractor = harness.Extractor();
        var skipped = new List<SkippedDocument>();
        await using (var lenient = await extractor.OpenAsync<Receipt>("lenient", BatchDocument.FromFolder(folder, options: new FolderOptions { Skipped = skipped.Add }), PipelineHarness.Request, TestContext.Current.CancellationToken))
        {
            var plan = await lenient.PlanAsync(TestContext.Current.CancellationToken);
            Assert.Equal(1, plan.Items);
            Assert.Equal(("b.txt", "dangling_link"), (Assert.Single(plan.Skipped).Id, plan.Skipped[0].Reason));
            Assert.Equal(plan.Skipped, skipped);
        }

        await using var strict = await extractor.OpenAsync<Receipt>("strict", BatchDocument.FromFolder(folder), PipelineHarness.Request, TestContext.Current.CancellationToken);
        Assert.Equal("dangling_link", (await Assert.ThrowsAsync<DocumentException>(() => strict.PlanAsync(TestContext.Current.CancellationToken))).Reason);
    }

    [Fact]
    public async Task A_plan_tells_rows_tokens_and_price_and_sends_nothing()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var extractor = harness.Extractor();
        await using var run = await Open(extractor, PipelineHarness.Documents(100));
        var plan = await run.PlanAsync(TestContext.Current.CancellationToken);

        Assert.Equal((100L, 100L, 1L), (plan.Rows, plan.RowsToSend, plan.Shards));
        Assert.InRange(plan.InputTokens, 500, 50_000);
        Assert.Equal(100 * 1_024, plan.OutputTokens);
        Assert.Equal(extractor.Engine.Catalogue.EstimateCost(plan.Model, plan.InputTokens, plan.OutputTokens, new DateOnly(2026, 11, 22), batch: true, rows: 100), plan.EstimatedCost);
        Assert.Contains("estimate", plan.CostBasis, StringComparison.Ordinal);
        Assert.Empty(harness.Emulator.Calls);
    }

    [Fact]
    public async Task A_document_of_its_own_model_goes_into_a_shard_of_its_own()
    {
        await using var harness = await PipelineHarness.StartAsync();
        BatchDocument[] documents = [.. PipelineHarness.Documents(3), PipelineHarness.Documents(1, first: 4).Single() with { Overrides = new RecipeOverrides { Model = GeminiModels.Flash36 } }];
        var results = await harness.ExtractAsync(documents);

        Assert.Equal(4, results.Count(static result => result.Succeeded));
        Assert.Equal(["models/gemini-3.5-flash-lite", "models/gemini-3.6-flash"], harness.Emulator.Jobs.Select(static job => job.Model).Order());
    }

    [Fact]
    public async Task Documents_that_were_planned_never_sent_and_are_not_given_any_more_are_withdrawn()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var extractor = harness.Extractor();
        await using (var first = await Open(extractor, PipelineHarness.Documents(7)))
        {
            await first.PlanAsync(TestContext.Current.CancellationToken);
        }

        await using var second = await Open(extractor, PipelineHarness.Documents(3));
        var plan = await second.PlanAsync(TestContext.Current.CancellationToken);
        Assert.Equal((3L, 3L), (plan.Items, plan.RowsToSend));
        Assert.Equal(3, (await second.CompleteAsync(TestContext.Current.CancellationToken)).Planned);
        await PipelineHarness.RequireSoundAsync(extractor);
        Assert.Equal(7, (await harness.ExtractAsync(PipelineHarness.Documents(7))).Count);
    }

    [Fact]
    public async Task Counting_a_few_rows_corrects_the_estimate_and_says_so()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var extractor = harness.Extractor();
        await using var run = await Open(extractor, PipelineHarness.Documents(100));
        var local = await run.PlanAsync(TestContext.Current.CancellationToken);
        Assert.Equal(10, await run.SampleTokensAsync(10, TestContext.Current.CancellationToken));
        var counted = await run.PlanAsync(TestContext.Current.CancellationToken);
        Assert.Contains("countTokens over 10 rows", counted.CostBasis, StringComparison.Ordinal);
        Assert.NotEqual(local.InputTokens, counted.InputTokens);
        Assert.Equal(counted.EstimatedCost, counted.EstimatedCostByPart.Total);
        Assert.Equal(10, harness.Emulator.Calls.Count(static call => call.Operation == EmulatedOperation.CountTokens));

        var summary = await run.CompleteAsync(TestContext.Current.CancellationToken);
        Assert.Equal(counted.EstimatedCost, summary.EstimatedCost);
        Assert.Equal(summary.Cost, summary.CostByPart!.Total);
    }

    [Fact]
    public async Task Searching_rows_are_priced_by_query_and_need_consent_above_the_threshold()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var extractor = harness.Extractor();
        var request = PipelineHarness.Request with { Tools = [GeminiTool.GoogleSearch] };
        await using (var run = await extractor.OpenAsync<Receipt>("search", PipelineHarness.Documents(101).ToAsyncEnumerable(), request, TestContext.Current.CancellationToken))
        {
            var plan = await run.PlanAsync(TestContext.Current.CancellationToken);
            Assert.Equal((303m, 303m * 5 * 14 / 1000), (plan.SearchQueries, plan.EstimatedCostByPart.Search));
            var error = await Assert.ThrowsAsync<RunRefusedException>(() => run.CompleteAsync(TestContext.Current.CancellationToken));
            Assert.Equal(RunRefusal.SearchConsent, error.Refusal);
            Assert.Empty(harness.Emulator.Jobs);
        }

        await using var agreed = await extractor.OpenAsync<Receipt>("search", PipelineHarness.Documents(101).ToAsyncEnumerable(), request with { AllowSearchCost = true }, TestContext.Current.CancellationToken);
        Assert.Equal(101, (await agreed.CompleteAsync(TestContext.Current.CancellationToken)).Planned);
    }

    private static ValueTask<ExtractionRun<Receipt>> Open(BatchExtractor extractor, IEnumerable<BatchDocument> documents) =>
        extractor.OpenAsync<Receipt>("receipts", documents.ToAsyncEnumerable(), PipelineHarness.Request, TestContext.Current.CancellationToken);
}
