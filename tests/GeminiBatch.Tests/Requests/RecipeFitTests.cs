using System.Text;
using System.Text.Json.Nodes;

namespace GeminiBatch.Tests.Requests;

/// <summary>What the catalogue's facts of a model do to what is asked of it.</summary>
public sealed class RecipeFitTests
{
    [Theory]
    [InlineData(GeminiModels.Flash38, "LOW", null)]
    [InlineData(GeminiModels.Flash35Lite, "MINIMAL", null)]
    [InlineData(GeminiModels.Flash25Lite, null, 0)]
    public async Task Thinking_is_set_by_the_models_own_facts(string model, string? level, int? budget)
    {
        await using var harness = await PipelineHarness.StartAsync();

        await harness.ExtractAsync(PipelineHarness.Documents(1), PipelineHarness.Request with { Model = model });

        var thinking = Assert.Single(SentRows(harness))["request"]!["generationConfig"]!["thinkingConfig"]!;
        Assert.Equal((level, budget), ((string?)thinking["thinkingLevel"], (int?)thinking["thinkingBudget"]));
    }

    [Fact]
    public void Every_thinking_model_has_a_setting_that_it_takes_and_no_two_rules_are_one_for_all()
    {
        var thinking = GeminiCatalogue.Default.Models.Where(static facts => facts.Thinking is not null).ToList();

        Assert.All(thinking, static facts => Assert.True(facts.Thinking!.Allows(facts.Thinking.ForExtraction), facts.Id));
        Assert.True(thinking.Select(static facts => facts.Thinking!.ForExtraction).Distinct().Count() > 2);
    }

    [Fact]
    public async Task What_the_user_sets_stays_and_what_the_model_would_refuse_is_said_in_the_plan()
    {
        await using var harness = await PipelineHarness.StartAsync();
#pragma warning disable GB0102 // What the compiler says of constants, the plan says of everything else.
        var own = PipelineHarness.Request with { Model = GeminiModels.Flash38, Settings = new GenerationSettings { Thinking = new GeminiThinking { Level = GeminiThinkingLevel.Minimal } } };
#pragma warning restore GB0102

        var plan = await PlanAsync(harness, own, "own");

        Assert.Equal(GeminiThinkingLevel.Minimal, plan.Thinking?.Level);
        Assert.Contains(plan.Warnings, static warning => warning.Contains("LOW, MEDIUM, HIGH", StringComparison.Ordinal));
        Assert.Equal(GeminiThinkingLevel.Low, (await PlanAsync(harness, own with { Settings = null }, "default")).Thinking?.Level);
    }

    [Fact]
    public async Task A_document_of_its_own_model_is_not_given_another_models_thinking()
    {
        await using var harness = await PipelineHarness.StartAsync();

        await harness.ExtractAsync(PipelineHarness.Documents(2).Select(static (document, index) => index == 0 ? document : document with { Overrides = new() { Model = GeminiModels.Flash25Lite } }));

        var thinking = SentRows(harness).Select(static row => row["request"]!["generationConfig"]!["thinkingConfig"]!.ToJsonString()).Order(StringComparer.Ordinal);
        Assert.Equal(["""{"thinkingBudget":0}""", """{"thinkingLevel":"MINIMAL"}"""], thinking);
    }

    [Fact]
    public async Task A_release_that_thinks_otherwise_of_a_model_pays_for_no_document_again()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var documents = Overridden().ToList();
        await harness.ExtractAsync(documents);
        var (jobs, rows) = (harness.Emulator.Jobs.Count, SentRows(harness).Count);
        Assert.Equal(documents.Count, rows);

        var release = Catalogue("""
            {"models":[{"id":"gemini-3.5-flash-lite","thinking":{"extraction":"HIGH"}},
                {"id":"gemini-2.5-flash-lite","thinking":{"extraction":512},"structuredOutputWithTools":true},
                {"id":"gemini-3.8-flash","thinking":{"extraction":"MEDIUM"}}]}
            """);
        await using var extractor = harness.Extractor(catalogue: release);
        await using var run = await extractor.OpenAsync<Receipt>("receipts", documents.ToAsyncEnumerable(), PipelineHarness.Request, TestContext.Current.CancellationToken);

        var plan = await run.PlanAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, documents.Count), (plan.RowsToSend, (int)plan.Rows));
        Assert.Equal(documents.Count, await run.ResultsAsync(TestContext.Current.CancellationToken).CountAsync(static result => result.Succeeded, TestContext.Current.CancellationToken));
        Assert.Equal(jobs, harness.Emulator.Jobs.Count);
    }

    [Fact]
    public async Task Overrides_change_what_the_run_was_asked_for_also_where_another_request_keeps_its_recipe()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var documents = Overridden().ToList();
        await harness.ExtractAsync(documents);
        await using var extractor = harness.Extractor();
        var other = PipelineHarness.Request with { Prompt = "Read the receipt.", OnRecipeChange = RecipeChange.Keep };
        await using var run = await extractor.OpenAsync<Receipt>("receipts", documents.ToAsyncEnumerable(), other, TestContext.Current.CancellationToken);

        Assert.Equal(0, (await run.PlanAsync(TestContext.Current.CancellationToken)).RowsToSend);
    }

    [Fact]
    public async Task Thinking_that_is_not_asked_for_any_more_is_a_change_of_the_recipe()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var asked = PipelineHarness.Request with { Settings = new GenerationSettings { Thinking = new GeminiThinking { Level = GeminiThinkingLevel.High } } };
        await harness.ExtractAsync(PipelineHarness.Documents(1), asked);

        var refusal = await Assert.ThrowsAsync<RunRefusedException>(() => harness.ExtractAsync(PipelineHarness.Documents(1)));

        Assert.Equal(RunRefusal.RecipeChanged, refusal.Refusal);
        Assert.Single(await harness.ExtractAsync(PipelineHarness.Documents(1), asked));
        Assert.Single(harness.Emulator.Jobs);
    }

    [Fact]
    public async Task Tools_beside_a_model_that_takes_no_schema_then_put_the_schema_into_the_prompt_and_the_plan_says_so()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var request = PipelineHarness.Request with { Model = GeminiModels.Flash25Lite, Tools = [GeminiTool.UrlContext] };

        var plan = await PlanAsync(harness, request, "tools");
        await harness.ExtractAsync(PipelineHarness.Documents(1), request, run: "tools");

        Assert.Contains(plan.Warnings, static warning => warning.Contains("the prompt carries the schema", StringComparison.Ordinal));
        var sent = Assert.Single(SentRows(harness))["request"]!;
        Assert.Null(sent["generationConfig"]?["responseMimeType"]);
        Assert.Null(sent["generationConfig"]?["responseSchema"]);
        Assert.Contains("number", sent["contents"]![0]!["parts"]![0]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty((await PlanAsync(harness, PipelineHarness.Request with { Model = GeminiModels.Flash36, Tools = request.Tools }, "newer")).Warnings);
    }

    [Fact]
    public async Task An_answer_of_another_model_is_flagged_on_the_result_and_in_the_summary()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var extractor = harness.Extractor();
        await using var run = await extractor.OpenAsync<Receipt>("receipts", PipelineHarness.Documents(1).ToAsyncEnumerable(), PipelineHarness.Request with { Model = GeminiModels.Flash37 }, TestContext.Current.CancellationToken);

        var result = await run.ResultsAsync(TestContext.Current.CancellationToken).SingleAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith(GeminiModels.Flash38, result.ModelVersion, StringComparison.Ordinal);
        Assert.Contains(result.Notes, static note => note.Contains(GeminiModels.Flash37, StringComparison.Ordinal) && note.Contains(GeminiModels.Flash38, StringComparison.Ordinal));
        Assert.NotEmpty((await run.SummaryAsync(TestContext.Current.CancellationToken)).Notes);
    }

    [Fact]
    public async Task An_answer_of_another_model_fails_where_the_model_is_required()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var request = PipelineHarness.Request with { Model = GeminiModels.Flash37 };
        await harness.ExtractAsync(PipelineHarness.Documents(2), request, run: "any");

        // Not by another run's answer either.
        var results = await harness.ExtractAsync(PipelineHarness.Documents(2), request with { RequireModel = true });
        await harness.ExtractAsync(PipelineHarness.Documents(1), run: "right");
        var same = await harness.ExtractAsync(PipelineHarness.Documents(2), PipelineHarness.Request with { RequireModel = true }, run: "same");

        Assert.All(results, static result => Assert.Equal(("other_model", 1), (result.Failure!.Reason, result.Attempts)));
        Assert.Contains(GeminiModels.Flash38, results[0].Failure!.Message, StringComparison.Ordinal);
        Assert.Equal([(true, true), (true, false)], same.Select(static result => (result.Succeeded, result.IsCached)));
    }

    [Fact]
    public async Task A_run_that_refused_one_answer_gives_its_others_to_a_run_that_requires_as_much()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var documents = PipelineHarness.Documents(3).Select(static (document, index) => index == 0 ? document with { Overrides = new() { Model = GeminiModels.Flash37 } } : document).ToList();
        await harness.ExtractAsync(documents, PipelineHarness.Request with { RequireModel = true }, run: "first");
        var again = await harness.ExtractAsync(documents, PipelineHarness.Request with { RequireModel = true }, run: "again");
        Assert.Equal([(false, false), (true, true), (true, true)], again.OrderBy(static result => result.DocumentId, StringComparer.Ordinal).Select(static result => (result.Succeeded, result.IsCached)));
    }

    private static IEnumerable<BatchDocument> Overridden()
    {
        RecipeOverrides?[] all =
        [
            null,
            new() { Prompt = "Extract this receipt." },
            new() { Settings = new() { Temperature = 0.5 } },
            new() { Model = GeminiModels.Flash25Lite },
            new() { Model = GeminiModels.Flash25Lite, Tools = [GeminiTool.UrlContext] },
            new() { Model = GeminiModels.Flash38, Prompt = "Extract that receipt." },
        ];
        return PipelineHarness.Documents(all.Length).Zip(all, static (document, overrides) => document with { Overrides = overrides });
    }

    private static GeminiCatalogue Catalogue(string changes) => GeminiCatalogue.Load(new MemoryStream(Encoding.UTF8.GetBytes(changes)));

    private static async Task<RunPlan> PlanAsync(PipelineHarness harness, ExtractionRequest request, string name)
    {
        await using var extractor = harness.Extractor();
        await using var run = await extractor.OpenAsync<Receipt>(name, PipelineHarness.Documents(1).ToAsyncEnumerable(), request, TestContext.Current.CancellationToken);
        return await run.PlanAsync(TestContext.Current.CancellationToken);
    }

    private static List<JsonNode> SentRows(PipelineHarness harness) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(harness.Folder, "emulator"), "*", SearchOption.AllDirectories)
            .Where(static file => Path.GetFileName(file) != "lock")
            .Select(File.ReadAllText)
            .Where(static text => text.StartsWith("{\"key\"", StringComparison.Ordinal) && text.Contains("\"request\"", StringComparison.Ordinal))
            .SelectMany(static text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Select(static line => JsonNode.Parse(line)!),
    ];
}
