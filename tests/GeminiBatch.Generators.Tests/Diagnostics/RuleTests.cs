extern alias generators;

using System.Globalization;
using System.Text;
using GeminiBatch.Testing;
using generators::GeminiBatch.Generators;
using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators.Tests;

/// <summary>What every rule has beside its code: a page, a row in the index, and models that are those of the client.</summary>
public class RuleTests
{
    private static IReadOnlyList<DiagnosticDescriptor> Rules { get; } =
    [
        .. new[] { typeof(generators::GeminiBatch.Generators.Rules), typeof(UsageRules) }.SelectMany(static type => type.GetFields())
            .Select(static field => field.GetValue(null)).OfType<DiagnosticDescriptor>().OrderBy(static rule => rule.Id, StringComparer.Ordinal),
    ];

    [Fact]
    public void Every_rule_has_a_page_and_every_page_a_rule()
    {
        var pages = Path.Combine(SourceTree.Root, "generators", "Diagnostics");

        Assert.Equal(
            Rules.Select(static rule => rule.Id), Directory.EnumerateFiles(pages, "GB*.md").Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));
        var index = File.ReadAllText(Path.Combine(pages, "README.md"));
        foreach (var rule in Rules)
        {
            var title = rule.Title.ToString(CultureInfo.InvariantCulture);
            Assert.EndsWith($"/generators/Diagnostics/{rule.Id}.md", rule.HelpLinkUri, StringComparison.Ordinal);
            Assert.StartsWith($"# {rule.Id}: {title}\n", File.ReadAllText(Path.Combine(pages, rule.Id + ".md")), StringComparison.Ordinal);
            Assert.Contains($"| [{rule.Id}]({rule.Id}.md) | {rule.DefaultSeverity} | {title} |", index, StringComparison.Ordinal);
        }
    }

    /// <summary>The rules whose place is no line of source, so that no <c>#pragma</c> reaches it; each has tests of its own.</summary>
    private static readonly string[] s_withoutLine = ["GB0010", "GB0108"];

    [Fact]
    public void Every_rule_is_tested_for_hit_miss_place_pragma_and_severity()
    {
        var tested = DiagnosticTests.Mistakes.Concat(UsageDiagnosticTests.Mistakes).Select(static row => row.Data.Item1).Distinct().Concat(s_withoutLine);

        Assert.Equal(Rules.Select(static rule => rule.Id), tested.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_rule_is_in_one_of_the_release_files_as_it_is()
    {
        var generators = Path.Combine(SourceTree.Root, "generators", "GeminiBatch.Generators");
        var released = new[] { "AnalyzerReleases.Shipped.md", "AnalyzerReleases.Unshipped.md" }.SelectMany(file => File.ReadAllLines(Path.Combine(generators, file)))
            .Where(static line => line.StartsWith("GB", StringComparison.Ordinal));

        Assert.Equal(Rules.Select(static rule => $"{rule.Id} | {rule.Category} | {rule.DefaultSeverity} | {rule.Title.ToString(CultureInfo.InvariantCulture)}"), released);
    }

    [Fact]
    public void Analyzers_and_client_know_the_same_models()
    {
        Assert.Equal(Shipped(typeof(GeminiCatalogue).Assembly), Shipped(typeof(SchemaGenerator).Assembly));

        var catalogue = ModelCatalogue.Shipped;
        Assert.Equal(GeminiCatalogue.Default.Models.Select(static model => model.Id), catalogue.Models.Select(static model => model.Id));
        Assert.Equal(GeminiCatalogue.Default.Backend("developer").DefaultModel, catalogue.DefaultModel);
        foreach (var expected in GeminiCatalogue.Default.Models)
        {
            var facts = catalogue.Find("models/" + expected.Id)!;
            Assert.Equal(expected.Status == GeminiModelStatus.Retired, facts.IsRetired);
            Assert.Equal(expected.Successor, facts.Successor);
            Assert.Equal(expected.Id, typeof(GeminiModels).GetField(facts.Constant!)?.GetRawConstantValue());
            Assert.Equal(expected.Sampling.Ignored, facts.Ignored);
            Assert.Equal(expected.Sampling.Refused, facts.Refused);
            if (expected.Thinking is { } thinking)
            {
                Assert.Equal(thinking.Levels.Select(static level => level.ToString().ToUpperInvariant()), facts.ThinkingLevels);
                Assert.All(new[] { -1, 0, 1, 128, 512, 24_576, 32_768, 40_000 }, budget =>
                    Assert.True(thinking.IsByLevel || thinking.Allows(new GeminiThinking { Budget = budget }) == facts.RefusesBudget(budget) is null, $"{expected.Id}: {budget}"));
            }
        }
    }

    [Fact]
    public void Changes_leave_the_shipped_catalogue_as_it_is()
    {
        var id = ModelCatalogue.Shipped.Models[0].Id;
        var ignored = ModelCatalogue.Shipped.Models[0].Ignored.ToList();

        var changed = ModelCatalogue.Shipped.With($$$"""{"models":[{"id":"{{{id}}}","sampling":{"ignored":["seed"]}},{"id":"gemini-9"}]}""");

        Assert.Equal(["seed"], changed.Find(id)!.Ignored);
        Assert.NotNull(changed.Find("gemini-9"));
        Assert.Equal(ignored, ModelCatalogue.Shipped.Find(id)!.Ignored);
        Assert.Null(ModelCatalogue.Shipped.Find("gemini-9"));
        Assert.Throws<FormatException>(() => ModelCatalogue.Shipped.With($$$"""{"models":[{"id":"{{{id}}}","sampling":{"ignored":["topK"]}},{}]}"""));
        Assert.Equal(ignored, ModelCatalogue.Shipped.Find(id)!.Ignored);
    }

    [Fact]
    public void Json_is_read_as_the_platform_reads_it()
    {
        string[] texts = ["""{"a":[1,-2.5e3,true,false,null,"x\\n\\u0041\\"\\/"],"b":{}}""", "[]", "\"ä\"", "{\"a\":1,}", "[1 2]", "nul", "\"\\x\"", "{a:1}", "", "[", "1 1", new string('[', 200)];
        foreach (var text in texts)
        {
            string? expected;
            try
            {
                expected = System.Text.Json.Nodes.JsonNode.Parse(text)?.ToJsonString() ?? "null";
            }
            catch (System.Text.Json.JsonException)
            {
                expected = null;
            }

            if (expected is null)
            {
                Assert.Throws<FormatException>(() => JsonText.Read(text));
            }
            else
            {
                Assert.Equal(System.Text.Json.Nodes.JsonNode.Parse(expected)?.ToJsonString(), System.Text.Json.JsonSerializer.SerializeToNode(JsonText.Read(text))?.ToJsonString());
            }
        }
    }

    private static string Shipped(System.Reflection.Assembly assembly)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream("catalogue.json")!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
