using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators.Tests;

public class DescriptionTests
{
    private const string Source = """
        using System.ComponentModel;
        using GeminiBatch;
        namespace Shop;

        /// <summary>
        /// One <b>supplier</b> invoice, see <see cref="Part"/>.
        /// </summary>
        /// <param name="Number">Number exactly
        /// as printed.</param>
        /// <param name="Shadowed">Loses to the attribute.</param>
        /// <remarks>Not for the model.</remarks>
        [ExtractionSchema]
        public partial record Root(string Number, [Description("From the attribute.")] string Shadowed, Part Part)
        {
            /** <summary>A block comment &amp; an entity.</summary> */
            public int? Block { get; set; }

            // An ordinary comment says nothing to the model.
            public int? Plain { get; set; }
        }

        /// <summary>A part.</summary>
        public record Part([property: Description("On the property.")] string A, Kind B);

        public enum Kind
        {
            /// <summary>The first.</summary>
            One,
            [Description("The second.")] Two,
            Three,
        }
        """;

    [Theory]
    [InlineData(DocumentationMode.None)]
    [InlineData(DocumentationMode.Parse)]
    [InlineData(DocumentationMode.Diagnose)]
    public void Descriptions_are_found_whether_or_not_the_compiler_keeps_comments(DocumentationMode mode)
    {
        var assembly = GeneratorRun.Of(GeneratorRun.Compile([Source], mode)).Load();

        var descriptor = RoundTrip.SchemaOf(assembly, "Shop.Root").Descriptor;

        Assert.Equal("One supplier invoice, see Part.", descriptor.Root.Description);
        Assert.Equal(
            ["Number exactly as printed.", "From the attribute.", null, "A block comment & an entity.", null],
            descriptor.Root.Fields.Select(static field => field.Description));
        var part = descriptor.Types.Single(static type => type.Name == "Part");
        Assert.Equal("A part.", part.Description);
        Assert.Equal(["On the property.", null], part.Fields.Select(static field => field.Description));
        var kind = descriptor.Types.Single(static type => type.Kind == SchemaKind.Enum);
        Assert.Equal(["The first.", "The second.", null], kind.EnumValues.Select(static value => value.Description));
    }

    [Fact]
    public void A_mistake_in_one_comment_costs_no_other()
    {
        var schema = RoundTrip.SchemaOf(GeneratorRun.Of("""
            /// <summary>Less than < 5 & more.</summary>
            /// <param name="A">Fine &lt;b&gt;.</param>
            /// <param name="B">Not <b>closed.</param>
            /// <remarks>Never ends
            [GeminiBatch.ExtractionSchema]
            public partial record Root(string A, string B);
            """).Load(), "Root");

        Assert.Equal("Less than < 5 & more.", schema.Descriptor.Root.Description);
        Assert.Equal(["Fine <b>.", "Not <b>closed."], schema.Fields.Select(static field => field.Description));
    }

    [Theory]
    [InlineData("Ends with a quote\\\"")]
    [InlineData("\\\"\\\"\\\"\\\"; System.IO.File.Delete(\\\"x\\\"); //")]
    [InlineData("line one\\nline two\\r\\nline three")]
    [InlineData("{braces} {{and}} $ \\\\ backslash \\u2028 separator \\u0085 next line \\t tab \\0 zero")]
    [InlineData("emoji \\ud83d\\ude00 and a lone \\ud83d surrogate")]
    public void Hostile_text_stays_text(string escaped)
    {
        var source = $$"""
            [GeminiBatch.ExtractionSchema]
            public partial record Root([System.ComponentModel.Description("{{escaped}}")] string A);
            """;

        var schema = RoundTrip.SchemaOf(GeneratorRun.Of(source).Load(), "Root");

        Assert.NotEmpty(schema.Descriptor.Root.Fields[0].Description!);
        var rendered = ExtractionSchema.FromDescriptor(schema.Descriptor);
        Assert.Equal(rendered.ResponseSchema.ToArray(), schema.ResponseSchema.ToArray());
        Assert.Equal(rendered.ResponseJsonSchema.ToArray(), schema.ResponseJsonSchema.ToArray());
        using var responseSchema = System.Text.Json.JsonDocument.Parse(schema.ResponseSchema);
    }
}
