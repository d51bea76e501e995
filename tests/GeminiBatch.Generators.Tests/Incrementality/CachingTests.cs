extern alias generators;

using generators::GeminiBatch.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GeminiBatch.Generators.Tests;

public class CachingTests
{
    private const string Root = "namespace Shop; [GeminiBatch.ExtractionSchema] public partial record Root(string A, Part P, Kind K, Later L) : Base { public int Twice() { return 2; } private int Four => 4; }";

    private const string Rest = """
        namespace Shop;
        /// <summary>A part.</summary>
        public record Part([property: System.Text.Json.Serialization.JsonPropertyName(Names.X)] string X);
        public enum Kind { One, Two }
        public record Base { public int? Inherited { get; init; } }
        public static class Names { public const string X = "x"; public static string? Body() { return null; } }
        public record Later(string? Name) { public int Number { get; set; } = 3; }
        class Unrelated { }
        /* plain */
        """;

    private static readonly IncrementalStepRunReason[] Modified = [IncrementalStepRunReason.Modified];

    [Theory]
    [InlineData("string X)", "string X, int Y)")]
    [InlineData("One, Two", "One, Two, Three")]
    [InlineData("A part.", "A spare part.")]
    [InlineData("Inherited", "FromBase")]
    [InlineData("const string X = \"x\"", "const string X = \"y\"")]
    [InlineData("int? Inherited", "int Inherited")]
    [InlineData("= 3;", "= 4;")]
    public void A_change_in_another_file_that_matters_prints_anew(string from, string to)
    {
        var run = GeneratorRun.Of(Root, Rest);

        var edited = run.Edit(GeneratorRun.Compile([Root, Replace(Rest, from, to)]));

        Assert.Equal(Modified, edited.Reasons(SchemaGenerator.SurfaceStep));
        Assert.Equal(Modified, edited.Reasons(SchemaGenerator.RootStep));
        Assert.Equal(Modified, edited.Reasons(SchemaGenerator.ModelStep));
        Assert.NotEqual(run.Sources.Values, edited.Sources.Values);
    }

    [Theory]
    [InlineData(0, "return 2;", "return 1 + 1; /* the same */")]
    [InlineData(0, "namespace Shop;", "namespace Shop;\n\n// moved\n")]
    [InlineData(0, "=> 4;", "=> 2 + 2;")]
    [InlineData(1, "public enum Kind", "\n\n   public   enum Kind")]
    [InlineData(1, "return null;", "return \"\";")]
    [InlineData(1, "return null;", "var text = \"\"; string Local() => text; return Local();")]
    [InlineData(1, "/* plain */", "/* other */")]
    public void A_change_outside_of_declarations_asks_for_no_type(int file, string from, string to)
    {
        var (run, edited) = Edit(file, from, to);

        Assert.Equal([IncrementalStepRunReason.Unchanged], edited.Reasons(SchemaGenerator.SurfaceStep));
        Assert.Equal([IncrementalStepRunReason.Cached], edited.Reasons(SchemaGenerator.RootStep));
        Assert.All(edited.OutputReasons(), static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.Equal(run.Sources, edited.Sources);
    }

    [Theory]
    [InlineData(0, "Twice()", "Double()")]
    [InlineData(1, "public static class Names {", "public static class Names { public static void Unrelated() { } ")]
    [InlineData(1, "namespace Shop;", "namespace Shop;\npublic interface IUnrelated;")]
    [InlineData(1, "Unrelated { }", "Unrelated { int X { get; } }")]
    [InlineData(1, "One, Two", "One = 1, Two")]
    [InlineData(1, "return null; }", "return null; }\n#nullable disable\n")]
    [InlineData(1, "return null;", "\n#nullable disable\nreturn null;")]
    public void A_declaration_that_does_not_matter_prints_nothing(int file, string from, string to)
    {
        var (run, edited) = Edit(file, from, to);

        Assert.Equal(Modified, edited.Reasons(SchemaGenerator.SurfaceStep));
        Assert.Equal([IncrementalStepRunReason.Unchanged], edited.Reasons(SchemaGenerator.RootStep));
        Assert.All(edited.OutputReasons(), static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.Equal(run.Sources, edited.Sources);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Adding_a_schema_in_any_place_leaves_the_others_cached(int place)
    {
        var run = GeneratorRun.Of(Root, Rest);
        var compilation = run.Input;
        var tree = CSharpSyntaxTree.ParseText("[GeminiBatch.ExtractionSchema] public partial record Second(int B);", (CSharpParseOptions)compilation.SyntaxTrees[0].Options, "Second.cs", cancellationToken: TestContext.Current.CancellationToken);
        List<SyntaxTree> trees = [.. compilation.SyntaxTrees];
        trees.Insert(place, tree);

        var edited = run.Edit(compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(trees));

        Assert.Equal([IncrementalStepRunReason.New, IncrementalStepRunReason.Unchanged], edited.Reasons(SchemaGenerator.RootStep).Order());
        Assert.Equal([IncrementalStepRunReason.New, IncrementalStepRunReason.Cached], edited.OutputReasons().Order());
    }

    [Fact]
    public void Removing_a_schema_leaves_the_others_cached()
    {
        const string Second = "[GeminiBatch.ExtractionSchema] public partial record Second(int B);";
        var run = GeneratorRun.Of(Second, Root, Rest);

        var edited = run.Edit(run.Input.RemoveSyntaxTrees(run.Input.SyntaxTrees[0]));

        Assert.DoesNotContain(edited.OutputReasons(), static reason => reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified);
        Assert.Single(edited.Sources);
    }

    [Fact]
    public void Moving_a_mistake_by_a_line_prints_no_source_anew()
    {
        const string Mistaken = "[GeminiBatch.ExtractionSchema] public partial record Wrong(object A);";
        var run = GeneratorRun.Of(Root, Rest, Mistaken);

        var edited = run.Edit(GeneratorRun.Compile([Root, Rest, "\n" + Mistaken]));

        Assert.All(edited.Reasons(SchemaGenerator.RootStep), static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.Equal(1, Assert.Single(edited.GeneratorDiagnostics).Location.GetLineSpan().StartLinePosition.Line);
    }

    [Fact]
    public void Nothing_that_source_is_printed_from_holds_anything_of_the_compiler()
    {
        var run = GeneratorRun.Of(Root, Rest, "[GeminiBatch.ExtractionSchema] public partial record Wrong(object A);");
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        string[] steps = [SchemaGenerator.SurfaceStep, SchemaGenerator.RootStep, SchemaGenerator.ModelStep];

        foreach (var (value, _) in steps.SelectMany(step => run.Result.TrackedSteps[step]).SelectMany(static step => step.Outputs))
        {
            Visit(value);
        }

        void Visit(object? node)
        {
            if (node is null || !seen.Add(node) || node.GetType().IsPrimitive || node is string || node.GetType().IsEnum)
            {
                return;
            }

            Assert.False(node is ISymbol or SyntaxNode or SyntaxTree or Compilation or Location or SemanticModel or Diagnostic, $"The pipeline holds {node.GetType()}.");
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

    private static (GeneratorRun Before, GeneratorRun After) Edit(int file, string from, string to)
    {
        string[] sources = [Root, Rest];
        var run = GeneratorRun.Of(sources);
        sources[file] = Replace(sources[file], from, to);
        return (run, run.Edit(GeneratorRun.Compile(sources)));
    }

    private static string Replace(string source, string from, string to)
    {
        Assert.Contains(from, source, StringComparison.Ordinal);
        return source.Replace(from, to, StringComparison.Ordinal);
    }
}
