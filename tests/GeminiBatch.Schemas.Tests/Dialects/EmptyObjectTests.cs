using System.Text;
using System.Text.Json;

namespace GeminiBatch.Schemas.Tests;

/// <summary>Vertex AI fails a whole job for one empty object in a request.</summary>
public class EmptyObjectTests
{
    [Fact]
    public void A_type_of_itself_alone_is_said_in_words_where_its_unrolling_ends()
    {
        Assert.Contains("""{"description":"An object of the same shape."}""", Encoding.UTF8.GetString(Menu.Schema.ResponseSchema.Span), StringComparison.Ordinal);
        Assert.DoesNotContain("{}", Encoding.UTF8.GetString(Menu.Schema.ResponseSchema.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("true")]
    [InlineData("""{"type":"array"}""")]
    [InlineData("""{"type":"object"}""")]
    [InlineData("""{"type":"object","additionalProperties":false}""")]
    [InlineData("""{"type":["object","null"],"additionalProperties":false}""")]
    [InlineData("""{"title":"Node","type":"object","properties":{"next":{"$ref":"#/properties/a"}}}""")]
    [InlineData("""{"title":"Node","type":"object","properties":{"next":{"anyOf":[{"$ref":"#/properties/a"},{"type":"string"}]}}}""")]
    [InlineData("""{"title":"Node","type":"object","additionalProperties":{"$ref":"#"}}""")]
    public void No_dialect_has_an_empty_object(string property)
    {
        var schema = ExtractionSchema.FromJsonSchema("X", Encoding.UTF8.GetBytes($$$"""{"type":"object","properties":{"a":{{{property}}},"b":{"type":"string"} } }"""));

        Assert.DoesNotContain("{}", Encoding.UTF8.GetString(schema.ResponseSchema.Span), StringComparison.Ordinal);
        Assert.DoesNotContain("{}", Encoding.UTF8.GetString(schema.ResponseJsonSchema.Span), StringComparison.Ordinal);
        Assert.Equal(["a", "b"], ExtractionSchema.FromJsonSchema("X", schema.ResponseJsonSchema.Span).Fields.Select(static field => field.JsonName));
    }

    [Fact]
    public void A_json_schema_has_no_properties_where_there_are_none()
    {
        using var json = JsonDocument.Parse(Menu.Schema.ResponseJsonSchema);
        var none = ExtractionSchema.FromJsonSchema("X", """{"type":"object","properties":{"a":{"type":"object","additionalProperties":false}}}"""u8);

        Assert.True(json.RootElement.TryGetProperty("$defs", out _));
        Assert.Contains("""{"a":{"type":"object","required":[],"additionalProperties":false}}""", Encoding.UTF8.GetString(none.ResponseJsonSchema.Span), StringComparison.Ordinal);
    }
}
