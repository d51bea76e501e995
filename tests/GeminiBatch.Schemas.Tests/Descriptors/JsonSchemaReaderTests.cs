using System.Text;

namespace GeminiBatch.Schemas.Tests;

public class JsonSchemaReaderTests
{
    [Fact]
    public void A_rendered_schema_reads_back_to_the_same_questions()
    {
        var schema = ExtractionSchema.FromJsonSchema("Invoice", Invoice.Schema.ResponseJsonSchema.Span);

        Assert.Equal(Invoice.Schema.Fields.Select(static field => field.JsonName), schema.Fields.Select(static field => field.JsonName));
        Assert.Equal(SchemaKind.Date, schema.Descriptor.Types[schema.Fields[1].Type].Kind);
        Assert.True(schema.Fields[1].Nullable);
        Assert.Equal("10000000", schema.Fields[3].Maximum);
        Assert.Equal(SchemaPresence.Optional, schema.Descriptor.Types.Last(static type => type.Kind == SchemaKind.Object && type.Fields.Any(static field => field.JsonName == "quantity")).Fields[2].Presence);
    }

    [Fact]
    public void The_openapi_dialect_is_read_too()
    {
        var schema = ExtractionSchema.FromJsonSchema("Invoice", Invoice.Schema.ResponseSchema.Span);

        Assert.Equal(Invoice.Schema.Fields.Select(static field => field.JsonName), schema.Fields.Select(static field => field.JsonName));
        Assert.Equal(SchemaKind.Enum, schema.Descriptor.Types[schema.Fields[2].Type].Kind);
    }

    [Fact]
    public void Recursion_is_found()
    {
        var schema = ExtractionSchema.FromJsonSchema("Node", """
            {"$ref":"#/$defs/Node","$defs":{"Node":{"type":"object","properties":{"name":{"type":"string"},"children":{"type":"array","items":{"$ref":"#/$defs/Node"}}},"required":["name","children"]}}}
            """u8);

        Assert.True(schema.Fields[1].Recursive);
        Assert.Equal(SchemaPresence.Optional, schema.Fields[1].Presence);
        Assert.Contains("\"$ref\":\"#/$defs/Node\"", Encoding.UTF8.GetString(schema.ResponseJsonSchema.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"string"}""", "#")]
    [InlineData("""{"type":"object","properties":{"a":{"allOf":[]}}}""", "#/properties/a")]
    [InlineData("""{"type":"object","properties":{"a":{"anyOf":[{"type":"string"},{"type":"integer"}]}}}""", "#/properties/a")]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#/$defs/Nowhere"}}}""", "#/properties/a")]
    [InlineData("""{"type":"object","properties":{"a":{"enum":[1,2]}}}""", "#/properties/a")]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#/properties/a"}}}""", "#/properties/a")]
    [InlineData("not json", "no JSON Schema")]
    public void What_cannot_be_expressed_is_refused_by_its_place(string schema, string place)
    {
        var exception = Assert.Throws<FormatException>(() => ExtractionSchema.FromJsonSchema("X", Encoding.UTF8.GetBytes(schema)));

        Assert.Contains(place, exception.Message, StringComparison.Ordinal);
    }
}
