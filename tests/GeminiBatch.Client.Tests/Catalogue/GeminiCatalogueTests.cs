using System.Reflection;
using System.Text;

namespace GeminiBatch.Client.Tests.Catalogue;

/// <summary>Protocol 8 and 9.2: models, prices, dates and limits.</summary>
public sealed class GeminiCatalogueTests
{
    private static readonly GeminiCatalogue Catalogue = GeminiCatalogue.Default;
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Fact]
    public void The_constants_are_the_catalogues_models_and_retired_ones_name_their_successor()
    {
        FieldInfo[] constants = typeof(GeminiModels).GetFields(BindingFlags.Public | BindingFlags.Static);

        Assert.Equal(
            Catalogue.Models.Select(model => $"{model.Constant} = {model.Id}").Order(StringComparer.Ordinal),
            constants.Select(constant => $"{constant.Name} = {constant.GetRawConstantValue()}").Order(StringComparer.Ordinal));
        foreach (FieldInfo constant in constants)
        {
            GeminiModelFacts facts = Catalogue.Find((string)constant.GetRawConstantValue()!)!;
            string? obsolete = constant.GetCustomAttribute<ObsoleteAttribute>()?.Message;
            Assert.Equal(facts.Status == GeminiModelStatus.Retired, obsolete is not null);
            Assert.True(obsolete is null || obsolete.Contains($"Use GeminiModels.{Catalogue.Find(facts.Successor!)!.Constant} ({facts.Successor}).", StringComparison.Ordinal), obsolete);
        }
    }

    [Theory]
    [InlineData("developer")]
    [InlineData("vertex")]
    public void The_default_model_is_the_cheapest_live_text_model_that_runs_batches(string backend)
    {
        string cheapest = Catalogue.Models
            .Where(model => model is { Kind: GeminiModelKind.Text, RunsBatches: true } && model.Backends.Contains(backend) && model.StatusOn(Today) == GeminiModelStatus.Live)
            .MinBy(model => Catalogue.EstimateCost(model.Id, 1000, 1000, Today) ?? decimal.MaxValue)!.Id;

        Assert.Equal(cheapest, Catalogue.Backend(backend).DefaultModel);
    }

    [Fact]
    public void Every_successor_and_every_model_of_a_quota_is_known_and_every_retired_model_has_a_successor()
    {
        Assert.All(Catalogue.Models, model =>
        {
            Assert.True(model.Successor is null || Catalogue.Find(model.Successor) is not null, model.Id);
            Assert.True(model.RoutedTo is null || Catalogue.Find(model.RoutedTo) is not null, model.Id);
            Assert.True(model.Status is not GeminiModelStatus.Retired || (model.Successor is not null && model.Retires is not null), model.Id);
            Assert.True(model.Thinking is null || model.Thinking.Allows(model.Thinking.ForExtraction), model.Id);
        });
        Assert.All(Catalogue.Backend("developer").EnqueuedTokens.SelectMany(quota => quota.Models), id => Assert.NotNull(Catalogue.Find(id)));
    }

    [Theory]
    [InlineData(GeminiModels.Flash35Lite, "2026-11-22", true, "1.40")]
    [InlineData(GeminiModels.Flash35Lite, "2026-11-22", false, "2.80")]
    [InlineData(GeminiModels.Flash38, "2026-12-31", true, "2.25")]
    [InlineData(GeminiModels.Flash38, "2027-01-01", true, "4.50")]
    [InlineData(GeminiModels.Flash25Lite, "2026-11-22", true, "0.25")]
    [InlineData(GeminiModels.Flash25, "2026-11-30", true, "1.40")]
    public void A_million_tokens_each_way_cost_the_days_price(string model, string day, bool batch, string dollars) =>
        Assert.Equal(Dollars(dollars), Catalogue.EstimateCost(model, 1_000_000, 1_000_000, Day(day), batch, rows: 1000));

    [Theory]
    [InlineData("2026-11-30", "10.625")]
    [InlineData("2026-12-01", "4.125")]
    [InlineData("2027-01-01", "8.25")]
    public void A_routed_model_costs_what_the_answering_model_costs_from_the_day_of_its_retirement(string day, string dollars) =>
        Assert.Equal(Dollars(dollars), Catalogue.EstimateCost(GeminiModels.Pro25, 1_000_000, 2_000_000, Day(day), batch: true, rows: 1000));

    [Theory]
    [InlineData(200_000, "0.2")]
    [InlineData(200_001, "0.400002")]
    public void Long_prompts_have_a_price_of_their_own(int promptTokens, string dollars) =>
        Assert.Equal(Dollars(dollars), Catalogue.EstimateCost(GeminiModels.Pro31Preview, promptTokens, 0, Today));

    [Fact]
    public void An_unknown_price_is_unknown_and_not_zero()
    {
        Assert.Null(Catalogue.EstimateCost(GeminiModels.Flash31LiteImage, 1, 1, Today));
        Assert.Null(Catalogue.EstimateCost("a-model-of-tomorrow", 1, 1, Today));
        Assert.Equal(0m, Catalogue.EstimateCost(GeminiModels.Flash35Lite, 0, 0, Today));
    }

    [Fact]
    public void Thoughts_are_billed_as_output_and_tool_use_as_input()
    {
        var usage = new GeminiUsage(PromptTokens: 400_000, CandidatesTokens: 100_000, ThoughtsTokens: 900_000, CachedTokens: 0, ToolUseTokens: 600_000, TotalTokens: 2_000_000);

        Assert.Equal(1.40m, Catalogue.CostOf(GeminiModels.Flash35Lite, usage, Today));
    }

    [Theory]
    [InlineData("models/gemini-3.5-flash-lite")]
    [InlineData("publishers/google/models/gemini-3.5-flash-lite")]
    [InlineData("gemini-3.5-flash-lite@default")]
    public void A_model_is_found_in_every_form_of_its_name(string name) => Assert.Equal("gemini-3.5-flash-lite", Catalogue.Find(name)?.Id);

    [Fact]
    public void A_model_of_a_retired_family_is_retired_with_a_successor()
    {
        GeminiModelFacts facts = Catalogue.Find("gemini-2.0-flash-001")!;

        Assert.Equal(GeminiModelStatus.Retired, facts.Status);
        Assert.NotNull(facts.Successor);
        Assert.Null(Catalogue.Find("gemini-9-flash"));
    }

    [Fact]
    public void A_model_retires_on_its_day()
    {
        GeminiModelFacts facts = Catalogue.Find(GeminiModels.Pro25)!;

        Assert.Equal(GeminiModelStatus.Deprecated, facts.StatusOn(new DateOnly(2026, 11, 30)));
        Assert.Equal(GeminiModelStatus.Retired, facts.StatusOn(new DateOnly(2026, 12, 1)));
    }

    [Theory]
    [InlineData(GeminiModels.Flash38, GeminiThinkingLevel.Minimal, false)]
    [InlineData(GeminiModels.Flash38, GeminiThinkingLevel.Low, true)]
    [InlineData(GeminiModels.Flash36, GeminiThinkingLevel.Minimal, true)]
    [InlineData(GeminiModels.Pro31Preview, GeminiThinkingLevel.Minimal, false)]
    [InlineData(GeminiModels.Flash25, GeminiThinkingLevel.Low, false)]
    public void Each_model_knows_its_levels(string model, GeminiThinkingLevel level, bool allowed) =>
        Assert.Equal(allowed, Catalogue.Find(model)!.Thinking!.Allows(new GeminiThinking { Level = level }));

    [Theory]
    [InlineData(GeminiModels.Pro25, 0, false)]
    [InlineData(GeminiModels.Pro25, 128, true)]
    [InlineData(GeminiModels.Pro25, -1, true)]
    [InlineData(GeminiModels.Flash25, 0, true)]
    [InlineData(GeminiModels.Flash25Lite, 100, false)]
    [InlineData(GeminiModels.Flash25Lite, 512, true)]
    [InlineData(GeminiModels.Flash25Lite, 24577, false)]
    [InlineData(GeminiModels.Flash36, 512, false)]
    public void Each_model_knows_its_budgets(string model, int budget, bool allowed) =>
        Assert.Equal(allowed, Catalogue.Find(model)!.Thinking!.Allows(new GeminiThinking { Budget = budget }));

    [Fact]
    public void Limits_are_the_documented_ones()
    {
        Assert.Equal(new BackendLimits(2_000_000_000, int.MaxValue, 100, TimeSpan.FromHours(48)), Catalogue.Backend("developer").ToLimits());
        Assert.Equal(new BackendLimits(1_000_000_000, 200_000, int.MaxValue, TimeSpan.MaxValue), Catalogue.Backend("vertex").ToLimits());
        Assert.Equal(20_000_000, Catalogue.Backend("developer").InlineBytes);
        Assert.Throws<ArgumentException>(() => Catalogue.Backend("openai"));
    }

    [Fact]
    public void Changes_are_laid_over_the_shipped_catalogue()
    {
        GeminiCatalogue changed = Load(
            """
            { "asOf": "2027-02-01",
              "backends": { "developer": { "concurrentJobs": 7, "defaultModel": "gemini-9-flash" } },
              "models": [ { "id": "gemini-3.5-flash-lite", "prices": [ { "batch": { "input": 1, "output": 2.5 } } ] },
                          { "id": "gemini-9-flash", "kind": "text", "status": "live" } ] }
            """);

        Assert.Equal(3.5m, changed.EstimateCost(GeminiModels.Flash35Lite, 1_000_000, 1_000_000, Today));
        Assert.Null(changed.EstimateCost(GeminiModels.Flash35Lite, 1, 1, Today, batch: false));
        Assert.Equal(1_048_576, changed.Find(GeminiModels.Flash35Lite)!.InputTokens);
        Assert.Equal(GeminiModelStatus.Live, changed.Find("gemini-9-flash")!.Status);
        Assert.Equal(7, changed.Backend("developer").ToLimits().MaxConcurrentJobs);
        Assert.Equal(2_000_000_000, changed.Backend("developer").JobBytes);
        Assert.Equal(new DateOnly(2027, 2, 1), changed.AsOf);
        Assert.Equal(100, GeminiCatalogue.Default.Backend("developer").ToLimits().MaxConcurrentJobs);
    }

    [Theory]
    [InlineData("{", "JSON")]
    [InlineData("[]", "object")]
    [InlineData("""{"models":[{"kind":"text"}]}""", "\"id\"")]
    [InlineData("""{"models":[{"id":"x","kind":"texts","status":"live"}]}""", "texts")]
    [InlineData("""{"models":[{"id":"x","status":"live"}]}""", "kind")]
    [InlineData("""{"models":[{"id":"gemini-2.5-pro","retires":"1st of May"}]}""", "1st of May")]
    [InlineData("""{"models":[{"id":"gemini-2.5-pro","prices":[{"batch":{"input":"cheap"}}]}]}""", "gemini-2.5-pro")]
    [InlineData("""{"format":2}""", "format")]
    public void A_wrong_catalogue_is_refused_with_the_place(string json, string mentioned) =>
        Assert.Contains(mentioned, Assert.Throws<FormatException>(() => Load(json)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("gemini-2.5-flash", "gemini-2.5-flash", true)]
    [InlineData("models/gemini-2.5-flash", "gemini-2.5-flash@default", true)]
    [InlineData("gemini-2.5-flash", "gemini-2.5-flash-001", true)]
    [InlineData("gemini-2.5-flash", "models/gemini-2.5-flash-05-20", true)]
    [InlineData("gemini-2.5-flash", "gemini-2.5-flash-lite", false)]
    [InlineData("gemini-2.5-pro", "gemini-3.8-flash", false)]
    public void A_version_of_the_model_is_the_model_and_a_sibling_is_not(string asked, string answered, bool same) =>
        Assert.Equal(same, GeminiCatalogue.IsSameModel(asked, answered));

    private static GeminiCatalogue Load(string json) => GeminiCatalogue.Load(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    private static decimal Dollars(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
