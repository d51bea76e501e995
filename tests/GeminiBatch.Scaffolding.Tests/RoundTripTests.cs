using System.Runtime.Loader;
using System.Text;

namespace GeminiBatch.Scaffolding.Tests;

/// <summary>Schema to C#, through the generator, and back to a schema.</summary>
public sealed class RoundTripTests
{
    private const string Schema = """
        {
          "type": "object",
          "description": "One <supplier> \"invoice\" & more.",
          "properties": {
            "number": { "type": "string", "description": "As printed.\n  Keep spaces.", "minLength": 1, "maxLength": 30 },
            "issued_on": { "type": ["string", "null"], "format": "date" },
            "currency": { "$ref": "#/$defs/Currency" },
            "rate": { "type": "number", "minimum": 0, "maximum": 1 },
            "pages": { "type": "integer", "minimum": 1, "default": 1 },
            "tags": { "type": "array", "items": { "type": "string" }, "minItems": 1 },
            "parent": { "anyOf": [{ "$ref": "#/$defs/Party" }, { "type": "null" }] },
            "party": { "$ref": "#/$defs/Party" }
          },
          "required": ["number", "issued_on", "currency", "rate", "tags", "party"],
          "$defs": {
            "Currency": { "type": "string", "enum": ["EUR", "CHF"] },
            "Party": { "type": "object", "properties": { "name": { "type": "string", "pattern": "^[A-Z].*$" } }, "required": ["name"] }
          }
        }
        """;

    [Fact]
    public void The_generator_sees_the_fields_that_the_schema_has()
    {
        var handle = Generated(Schema);

        Assert.Equal("One <supplier> \"invoice\" & more.", handle.Descriptor.Root.Description);
        Assert.Equal("As printed.\n  Keep spaces.", handle.Fields[0].Description);
        Assert.Equal(
            [
                "number String Required 1..30", "issued_on Date Required? ..", "currency Enum Required ..", "rate Number Required 0..1",
                "pages Integer Optional 1..", "tags Array Required 1..", "parent Object Reported? ..", "party Object Required ..",
            ],
            handle.Fields.Select(field =>
                $"{field.JsonName} {handle.Descriptor.Types[field.Type].Kind} {field.Presence}{(field.Nullable ? "?" : "")} {field.Minimum ?? $"{field.MinLength}"}..{field.Maximum ?? $"{field.MaxLength}"}"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_sent_to_the_model_scaffolds_to_types_that_send_the_same(bool isJsonSchema)
    {
        // No dialect says a default, so that an optional property would come back as one that may be null.
        var sent = Sent(Schema.Replace("\"required\": [\"number\"", "\"required\": [\"number\", \"pages\"", StringComparison.Ordinal));

        Assert.Equal(sent, Sent(sent));

        string Sent(string schema) => Generated(schema) is var handle ? Encoding.UTF8.GetString((isJsonSchema ? handle.ResponseJsonSchema : handle.ResponseSchema).Span) : "";
    }

    private static ExtractionSchema Generated(string schema)
    {
        var source = ScaffoldCompilation.Compiled(SchemaScaffolder.Scaffold(schema, new ScaffoldingOptions { RootName = "Invoice" }));
        using var image = new MemoryStream(ScaffoldCompilation.Generate(source));
        var type = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image).GetType(source.DeclaringType, throwOnError: true)!;
        return (ExtractionSchema)typeof(ExtractionSchema).GetMethod(nameof(ExtractionSchema.Of))!.MakeGenericMethod(type).Invoke(null, null)!;
    }
}
