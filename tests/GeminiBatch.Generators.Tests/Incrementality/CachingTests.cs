extern alias generators;

using generators::GeminiBatch.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GeminiBatch.Generators.Tests;

public class CachingTests
{
    private const string Root = "namespace Shop; [GeminiBatch.ExtractionSchema] public partial record Root(string A, Part P, Kind K) : Base { public int Twice() { return 2; } }";

    private const string Rest = """
        namespace Shop;
        /// <summary>A part.</summary>
        public record Part([property: System.Text.Json.Serialization.JsonPropertyName(Names.X)] string X);
        public enum Kind { One, Two }
        public record Base { public int? Inherited { get; init; } }
        public static class Names { public const string X = "x"; }
        """;

    [Theory]
    [InlineData("string X)", "string X, int Y)")]
    [InlineData("One, Two", "One, Two, Three")]
    [InlineData("A part.", "A spare part.")]
    [InlineData("Inherited", "FromBase")]
    [InlineData("const string X = \"x\"", "const string X = \"y\"")]
    [InlineData("int? Inherited", "int Inherited")]
    public void A_change_in_another_file_that_matters_prints_anew(string from, string to)
    {
        var run = GeneratorRun.Of(Root, Rest);

        var edited = run.Edit(GeneratorRun.Compile([Root, Rest.Replace(from, to, StringComparison.Ordinal)]));

        Assert.Equal([IncrementalStepRunReason.Modified], edited.Reasons(SchemaGenerator.ModelStep));
        Assert.NotEqual(run.Sources.Values, edited.Sources.Values);
    }

    [Theory]
    [InlineData(0, "return 2;", "return 1 + 1; // the same")]
    [InlineData(0, "namespace Shop;", "namespace Shop;\n\n// moved\n")]
    [InlineData(1, "public enum Kind", "\n\n   public   enum Kind")]
    [InlineData(1, "public static class Names {", "public static class Names { public static void Unrelated() { } ")]
    public void A_change_that_does_not_matter_prints_nothing(int file, string from, string to)
    {
        string[] sources = [Root, Rest];
        var run = GeneratorRun.Of(sources);
        sources[file] = sources[file].Replace(from, to, StringComparison.Ordinal);

        var edited = run.Edit(GeneratorRun.Compile(sources));

        Assert.Equal([IncrementalStepRunReason.Unchanged], edited.Reasons(SchemaGenerator.ModelStep));
        Assert.All(edited.OutputReasons(), static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.Equal(run.Sources, edited.Sources);
    }

    [Fact]
    public void Adding_a_schema_leaves_the_others_cached()
    {
        var run = GeneratorRun.Of(Root, Rest);

        var edited = run.Edit(GeneratorRun.Compile([Root, Rest, "[GeminiBatch.ExtractionSchema] public partial record Second(int B);"]));

        Assert.Equal([IncrementalStepRunReason.New, IncrementalStepRunReason.Unchanged], edited.Reasons(SchemaGenerator.ModelStep).Order());
    }

    [Fact]
    public void Moving_a_mistake_by_a_line_prints_no_source_anew()
    {
        const string Mistaken = "[GeminiBatch.ExtractionSchema] public partial record Wrong(object A);";
        var run = GeneratorRun.Of(Root, Rest, Mistaken);

        var edited = run.Edit(GeneratorRun.Compile([Root, Rest, "\n" + Mistaken]));

        Assert.Equal([IncrementalStepRunReason.Unchanged], edited.Reasons(SchemaGenerator.ModelStep));
        Assert.Equal(1, Assert.Single(edited.GeneratorDiagnostics).Location.GetLineSpan().StartLinePosition.Line);
    }

    [Fact]
    public void The_models_hold_nothing_of_the_compiler()
    {
        var run = GeneratorRun.Of(Root, Rest);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);

        foreach (var (value, _) in run.Result.TrackedSteps[SchemaGenerator.ModelStep].SelectMany(static step => step.Outputs))
        {
            Visit(value);
        }

        void Visit(object? node)
        {
            if (node is null || !seen.Add(node) || node.GetType().IsPrimitive || node is string || node.GetType().IsEnum)
            {
                return;
            }

            Assert.False(node is ISymbol or SyntaxNode or SyntaxTree or Compilation or Location or SemanticModel or Diagnostic, $"A model holds {node.GetType()}.");
            if (node is System.Collections.IEnumerable items)
            {
                foreach (var item in items)
                {
                    Visit(item);
                }
            }

            foreach (var field in node.GetType().GetFields(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic))
            {
                Visit(field.GetValue(node));
            }
        }
    }

    [Fact]
    public void Equal_source_gives_equal_models()
    {
        var first = Models(GeneratorRun.Of(Root, Rest));
        var second = Models(GeneratorRun.Of(Root, Rest));

        Assert.Equal(first, second);
        Assert.Equal(first.Select(static model => model.GetHashCode()), second.Select(static model => model.GetHashCode()));

        static List<object> Models(GeneratorRun run) =>
            [.. run.Result.TrackedSteps[SchemaGenerator.ModelStep].SelectMany(static step => step.Outputs).Select(static output => output.Value)];
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes_in_any_culture_and_file_order()
    {
        string[] sources = [Root, Rest, "[GeminiBatch.ExtractionSchema] public partial record Numbers([System.ComponentModel.DataAnnotations.Range(-1.5, 2)] double A = -0.5, int B = -7);"];
        var expected = GeneratorRun.Of(sources).Sources;
        var culture = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            foreach (var name in new[] { "fi-FI", "de-DE", "tr-TR", "ar-SA" })
            {
                System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo(name);
                Assert.Equal(expected.OrderBy(static pair => pair.Key, StringComparer.Ordinal), GeneratorRun.Of([.. sources.Reverse()]).Sources.OrderBy(static pair => pair.Key, StringComparer.Ordinal));
            }
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = culture;
        }
    }
}
