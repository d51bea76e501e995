using System.Globalization;
using GeminiBatch.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace GeminiBatch.Generators.Tests;

/// <summary>Rules for code that uses the library: requests that a model refuses, secrets, and what every answer must have.</summary>
public class UsageDiagnosticTests
{
    /// <summary>Id, statements in which the place is marked by brackets, and statements without the mistake.</summary>
    public static TheoryData<string, string, string> Mistakes { get; } = new()
    {
        { "GB0101", Extraction("Model = GeminiModels.Flash25, ⟦Tools = [GeminiTool.GoogleSearch]⟧, Schema = SchemaPlacement.Native"), Extraction("Model = GeminiModels.Flash36, Tools = [GeminiTool.GoogleSearch], Schema = SchemaPlacement.Native") },
        { "GB0101", Extraction("⟦Tools = new[] { GeminiTool.GoogleSearch }⟧, Schema = SchemaPlacement.Both"), Extraction("Tools = [GeminiTool.GoogleSearch]") },
        { "GB0101", Extraction("Model = \"models/gemini-2.5-pro\", Settings = new() { ResponseMimeType = \"application/json\" }, ⟦Tools = new List<GeminiTool> { GeminiTool.UrlContext }⟧"), Extraction("Model = \"gemini-2.5-pro\", Settings = new() { ResponseMimeType = \"application/json\" }, Tools = []") },
        { "GB0101", Sent("GeminiModels.Flash25", "Settings = new() { ResponseMimeType = \"application/json\" }, ⟦Tools = [GeminiTool.GoogleSearch]⟧"), Sent("GeminiModels.Flash25", "Tools = [GeminiTool.GoogleSearch]") },
        { "GB0102", Extraction("Model = GeminiModels.Flash38, Settings = new() { Thinking = new() { ⟦Level = GeminiThinkingLevel.Minimal⟧ } }"), Extraction("Model = GeminiModels.Flash38, Settings = new() { Thinking = new() { Level = GeminiThinkingLevel.Low } }") },
        { "GB0102", Extraction("Model = GeminiModels.Flash25, Settings = new() { Thinking = new() { ⟦Level = GeminiThinkingLevel.Low⟧ } }"), Extraction("Model = GeminiModels.Flash25, Settings = new() { Thinking = new() { Budget = 0 } }") },
        { "GB0102", Extraction("Model = GeminiModels.Pro25, Settings = new() { Thinking = new() { ⟦Budget = 0⟧ } }"), Extraction("Model = GeminiModels.Pro25, Settings = new() { Thinking = new() { Budget = 128 } }") },
        { "GB0102", Extraction("Model = GeminiModels.Pro25, Settings = new() { Thinking = new() { ⟦Budget = 5⟧ } }"), Extraction("Model = \"a-model-of-tomorrow\", Settings = new() { Thinking = new() { Budget = 5 } }") },
        { "GB0102", Extraction("Model = GeminiModels.Flash36, Settings = new() { Thinking = new() { Level = GeminiThinkingLevel.Low, ⟦Budget = 5⟧ } }"), Extraction("Model = GeminiModels.Flash36, Settings = new() { Thinking = new() { Level = GeminiThinkingLevel.Low } }") },
        { "GB0103", Extraction("Model = GeminiModels.Flash36, Settings = new() { ⟦Temperature = 0⟧ }"), Extraction("Model = GeminiModels.Flash25, Settings = new() { Temperature = 0 }") },
        { "GB0103", "var settings = new GenerationSettings { ⟦TopK = 3⟧ };" + Extraction("Model = GeminiModels.Flash36, Settings = settings"), "var settings = new GenerationSettings { TopK = null };" + Extraction("Model = GeminiModels.Flash36, Settings = settings") },
        { "GB0103", "_ = new RecipeOverrides { Model = GeminiModels.Flash36, Settings = new() { ⟦TopP = 1⟧ } };", "_ = new RecipeOverrides { Settings = new() { TopP = 1 } };" },
        { "GB0103", "ExtractionRequest Of(ExtractionRequest other) => other with { Model = GeminiModels.Flash36, Settings = new() { ⟦TopP = 1⟧ } };", "ExtractionRequest Of(ExtractionRequest other) => other with { Settings = new() { TopP = 1 } };" },
        { "GB0104", Extraction("Model = GeminiModels.Flash36, Settings = new() { ⟦PresencePenalty = 1⟧ }"), Extraction("Model = GeminiModels.Flash25Lite, Settings = new() { PresencePenalty = 1 }") },
        { "GB0105", "_ = new GeminiInlineRow(\"k\", new() { Contents = [new() { Parts = [⟦GeminiPart.Inline(new byte[1], \"image/png\")⟧] }] });", "_ = new GeminiInlineRow(\"k\", new() { Contents = [new() { Parts = [GeminiPart.FromUri(\"files/1\", \"image/png\")] }] });" },
        { "GB0105", "var request = new GeminiRequest { Contents = [new() { Parts = [⟦GeminiPart.Inline(new byte[1], \"image/png\")⟧] }] }; _ = new GeminiInlineRow(\"k\", request);", "_ = GeminiPart.Inline(new byte[1], \"image/png\");" },
        { "GB0106", "_ = new DeveloperApiOptions { ApiKey = ⟦\"not-a-real-key\"⟧ };", "_ = new DeveloperApiOptions { ApiKey = Environment.GetEnvironmentVariable(\"GEMINI_API_KEY\") };" },
        { "GB0106", "var key = ⟦\"AIza" + new string('x', 35) + "\"⟧;", "var key = \"AIza" + new string('x', 34) + "\";" },
        { "GB0107", Extraction("Model = ⟦\"gemini-2.0-flash\"⟧"), Extraction("Model = GeminiModels.Flash25Lite") },
        { "GB0107", Extraction("Model = ⟦\"gemini-2.0-flash-001\"⟧"), Extraction("Model = \"gemini-9\"") },
        { "GB0107", Sent("⟦\"gemini-2.0-flash\"⟧", ""), "} static class Other { public static void GenerateContentAsync(string model, object request) { } public static void CountTokensAsync(string model) { } } static void More() { Other.GenerateContentAsync(\"gemini-2.0-flash\", new()); Other.CountTokensAsync(\"gemini-2.0-flash\");" },
        { "GB0109", "} [ExtractionSchema] public partial class Root { public int ⟦A⟧ { get; init; } ", "} [ExtractionSchema] public partial class Root { public required int A { get; init; } public int B { get; init; } = 1; public int? C { get; init; } public int D => 1; [System.ComponentModel.DefaultValue(2)] public int E { get; init; } [JsonIgnore] public int F { get; init; } " },
        { "GB0109", "} [ExtractionSchema] public partial class Root { [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public int ⟦A⟧ { get; init; } ", "} [ExtractionSchema] public partial class Root { [Obsolete(\"\", true)] public int A { get; init; } public int? B { get; init; } " },
        { "GB0110", Example("new(⟦\"toolong\"⟧, 1)"), Example("new(\"abc\", 1)") },
        { "GB0110", Example("new(⟦\"A\"⟧, 1)"), Example("new(B: 1, A: \"b\")") },
        { "GB0110", Example("new(\"a\", ⟦-1⟧)"), Example("new(\"a\", 9.5m)") },
        { "GB0110", Example("new(\"a\", 1, ⟦\"z\"⟧)"), Example("new(\"a\", 1, \"y\")") },
        { "GB0110", Example("new(\"a\", 1, null, ⟦[new(\"p\"), new(\"q\"), new(\"r\")]⟧)"), Example("new(\"a\", 1, null, [new(\"p\"), new(\"q\")])") },
        { "GB0110", Example("new(\"a\", 1, Parts: new() { new(⟦null⟧!) })"), Example("new(\"a\", 1, Parts: new() { new(\"p\") })") },
        { "GB0110", Example("new(\"a\", 1, Shade: ⟦(Shade)7⟧)"), Example("new(\"a\", 1, Shade: Shade.Dark)") },
        { "GB0110", Example("new(\"a\", 1) { D = ⟦0⟧ }"), Example("new(\"a\", 1) { D = 2 }") },
        { "GB0110", "var answer = new Sample(\"a\", 1) { D = ⟦0⟧ };" + Example("answer"), "var text = Console.ReadLine()!;" + Example("new(text, text.Length)") },
        { "GB0110", Example("new(\"a\", 1) { Payment = new Cash { Till = ⟦11⟧ } }"), Example("new(\"a\", 1) { Payment = new Card(\"\") }") },
        { "GB0110", Example("new(\"a\", 1) { Payment = ⟦new Cheque()⟧ }"), Example("new(\"a\", 1) { Payment = new Cheque { Bank = \"b\" } }") },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public Task A_mistake_is_reported_at_its_place_and_only_there(string id, string wrong, string right) => Mistake.IsFoundAsync(id, InMethod(wrong), InMethod(right));

    [Theory]
    [MemberData(nameof(Mistakes))]
    public Task A_pragma_silences_a_mistake(string id, string wrong, string right) => Mistake.IsSilencedByPragmaAsync(id, InMethod(wrong), InMethod(right));

    [Theory]
    [MemberData(nameof(Mistakes))]
    public Task An_editorconfig_sets_the_severity(string id, string wrong, string right) => Mistake.IsSetByEditorConfigAsync(id, InMethod(wrong), InMethod(right));

    [Fact]
    public async Task A_message_says_what_to_do_and_never_repeats_a_key()
    {
        var key = "AIza" + new string('y', 35);
        var found = await FindAsync($"var key = \"{key}\"; " + Extraction("Model = \"gemini-2.0-flash\""));

        Assert.All(found, diagnostic => Assert.DoesNotContain(key, diagnostic.ToString(), StringComparison.Ordinal));
        Assert.Contains(found, static diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture) == "'gemini-2.0-flash' was retired on 2026-06-01. Use GeminiModels.Flash25Lite (gemini-2.5-flash-lite).");
    }

    [Fact]
    public async Task What_the_compiler_says_of_an_example_is_what_the_prompt_would_say()
    {
        var found = await FindAsync(Example("new(\"a\", -1)"));

        Assert.Equal("In this example 'B' is -1, but must be at least 0 and at most 9.5. The model would learn from it, and the prompt refuses it.", Assert.Single(found).GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task An_additional_file_lays_changes_over_the_catalogue()
    {
        var changes = new CatalogueFile("my.gemini-catalogue.json", """{"models":[{"id":"gemini-2.5-flash-lite","sampling":{"ignored":["temperature"]}},{"id":"gemini-9","status":"live","kind":"text","thinking":{"control":"level","levels":["HIGH"]}}]}""");

        Assert.Equal("GB0103", Assert.Single(await FindAsync(Extraction("Settings = new() { Temperature = 0 }"), changes)).Id);
        Assert.Equal("GB0102", Assert.Single(await FindAsync(Extraction("Model = \"gemini-9\", Settings = new() { Thinking = new() { Level = GeminiThinkingLevel.Low } }"), changes)).Id);
    }

    [Theory]
    [InlineData("{\n\"models\": [}", "a value is missing in line 2")]
    [InlineData("[]", "a JSON object is missing in line 1")]
    [InlineData("""{"models":[{"kind":"text"}]}""", "each model of a catalogue is an object with an \"id\"")]
    public async Task A_catalogue_that_cannot_be_read_is_reported_where_it_lies(string text, string reason)
    {
        var diagnostic = Assert.Single(await FindAsync("", new CatalogueFile("my.gemini-catalogue.json", text)));

        Assert.Equal("GB0108", diagnostic.Id);
        Assert.Equal("my.gemini-catalogue.json", diagnostic.Location.GetLineSpan().Path);
        Assert.Contains(reason, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_catalogue_that_can_be_read_is_not_reported_and_the_severity_of_one_that_cannot_is_the_users()
    {
        Assert.Empty(await FindAsync("", new CatalogueFile("my.gemini-catalogue.json", "{}"), new CatalogueFile("other.json", "[]")));

        var broken = new AnalyzerOptions([new CatalogueFile("my.gemini-catalogue.json", "[]")]);
        await Mistake.IsSetByGlobalConfigAsync("GB0108", GeneratorRun.Compile([""]), compilation => GeneratorRun.DiagnoseAsync(compilation, broken));
    }

    private static async Task<IReadOnlyList<Diagnostic>> FindAsync(string statements, params AdditionalText[] files) =>
        await GeneratorRun.DiagnoseAsync(GeneratorRun.Compile(["using System.Collections.Generic; using System.ComponentModel.DataAnnotations; using System.Text.Json.Serialization; using GeminiBatch;\n" + InMethod(statements)]), new AnalyzerOptions([.. files]));

    private static string InMethod(string statements) => $"static partial class Program {{ static void Main() {{ {statements} }} }}".Replace("; } }", ";\n} }", StringComparison.Ordinal);

    private static string Extraction(string members) => $"_ = new ExtractionRequest {{ Prompt = \"x\", {members} }};";

    private static string Example(string answer) => $$"""
        _ = new ExtractionExample<Sample>("A document.", {{answer}});
        }
        [ExtractionSchema]
        public sealed partial record Sample(
            [StringLength(3, MinimumLength = 1), RegularExpression("[a-z]+")] string A, [Range(0, 9.5)] decimal B, [AllowedValues("x", "y")] string? C = null,
            [MaxLength(2)] List<Part>? Parts = null, Shade Shade = Shade.Light)
        {
            [DeniedValues(0)] public int D { get; init; } = 1;
            public Payment? Payment { get; init; }
        }
        public sealed record Part(string Name);
        public enum Shade { Light, Dark }
        [JsonDerivedType(typeof(Card), "card"), JsonDerivedType(typeof(Cash), "cash"), JsonDerivedType(typeof(Cheque), "cheque")] public abstract record Payment;
        public sealed record Card(string Number) : Payment;
        public sealed record Cash : Payment { [Range(1, 10)] public int Till { get; set; } = 1; }
        public sealed record Cheque : Payment { public string Bank { get; init; } }
        static void Last()
        {
        """ + ";";

    private static string Sent(string model, string members) =>
        $"async System.Threading.Tasks.Task Send(DeveloperApiClient client) => await client.GenerateContentAsync({model}, new GeminiRequest {{ Contents = [], {members} }});";

    private sealed class CatalogueFile(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
