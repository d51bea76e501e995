extern alias generators;

using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SchemaGenerator = generators::GeminiBatch.Generators.SchemaGenerator;

namespace GeminiBatch.Generators.Tests;

/// <summary>What users see of a defect of the generator, and of code that is not finished.</summary>
public class FailureTests
{
    private const string Two = "using GeminiBatch; [ExtractionSchema] public partial record Bad(string A); [ExtractionSchema] public partial record Good(string A);";

    [Fact]
    public void A_defect_costs_one_schema_alone_and_is_reported_with_its_name()
    {
        var (diagnostics, result) = Run(GeneratorRun.Compile([Two]));

        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal("GB0010", diagnostic.Id);
        Assert.Equal(Location.None, diagnostic.Location);
        Assert.StartsWith("The generator failed on 'Bad'; please report this: System.InvalidOperationException: a defect", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.StartsWith("Good", Path.GetFileName(Assert.Single(result.GeneratedTrees).FilePath), StringComparison.Ordinal);
        Assert.Empty(Run(GeneratorRun.Compile([Two.Replace("Bad", "Fine", StringComparison.Ordinal)])).Diagnostics);
    }

    [Fact]
    public Task The_severity_of_a_defect_is_the_users() =>
        Mistake.IsSetByGlobalConfigAsync("GB0010", GeneratorRun.Compile([Two]), static compilation => Task.FromResult(Run(compilation).Diagnostics));

    [Fact]
    public void Code_that_is_being_typed_is_no_defect()
    {
        const string Source = """
            using System; using System.Collections.Generic; using System.ComponentModel; using System.ComponentModel.DataAnnotations; using System.Text.Json.Serialization; using GeminiBatch;
            namespace Shop;
            /// <summary>An order.</summary>
            [ExtractionSchema(Name = "order", PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
            public sealed partial record Order([Range(0, 9.5)] decimal Total, [StringLength(9, MinimumLength = 1)] string Number, Payment? Payment, Dictionary<string, List<Line?>> Lines)
            {
                [DefaultValue(3), Length(1, 2), Aliases("a", "b")] public int Quantity { get; init; } = 3;
                [AllowedValues("x", null)] public required string? Code { get; set; }
            }
            [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind"), JsonDerivedType(typeof(Card), "card")] public abstract record Payment;
            public sealed record Card([property: JsonPropertyName("n"), RegularExpression("[a-z]")] string Number) : Payment { [JsonConstructor] public Card() : this("") { } }
            public class Line { [MinLength(1), JsonIgnore(Condition = JsonIgnoreCondition.Never)] public string[] Texts { get; set; } = []; }
            [ExtractionSchema<List<Line>>(Name = "lines")] public static partial class Foreign;
            [BatchMetadata] public partial record Origin(string Supplier, [JsonEncoded] Card Card);
            """;
        var options = new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.None);
        var complete = GeneratorRun.Compile([Source]);
        var tokens = complete.SyntaxTrees[0].GetRoot(TestContext.Current.CancellationToken).DescendantTokens().Where(static token => token.Span.Length > 0 && token.SpanStart > Source.IndexOf("[Ext", StringComparison.Ordinal)).ToList();
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new SchemaGenerator().AsSourceGenerator()], parseOptions: options);
        foreach (var token in tokens)
        {
            var typed = CSharpSyntaxTree.ParseText(Source.Remove(token.SpanStart, token.Span.Length), options, "File0.cs", cancellationToken: TestContext.Current.CancellationToken);

            driver = driver.RunGenerators(complete.ReplaceSyntaxTree(complete.SyntaxTrees[0], typed), TestContext.Current.CancellationToken);

            var result = driver.GetRunResult().Results.Single();
            Assert.True(result.Exception is null && result.Diagnostics.All(static diagnostic => diagnostic.Id != "GB0010"), $"without '{token}' at {token.SpanStart}: {string.Join('\n', result.Diagnostics)} {result.Exception}");
        }
    }

    private static (ImmutableArray<Diagnostic> Diagnostics, GeneratorDriverRunResult Result) Run(CSharpCompilation compilation)
    {
        var generator = new SchemaGenerator(static model => model.Name == "Bad" ? throw new InvalidOperationException("a defect") : "// printed");
        var driver = CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out _, out var diagnostics);
        return (diagnostics, driver.GetRunResult());
    }
}
