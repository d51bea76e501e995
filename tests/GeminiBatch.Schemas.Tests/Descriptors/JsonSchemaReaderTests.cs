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
    [InlineData("""{"anyOf":[{"type":"integer","minimum":1},{"type":"null"}]}""", "0", "at least 1")]
    [InlineData("""{"type":["integer","null"],"minimum":1}""", "0", "at least 1")]
    [InlineData("""{"$ref":"#/$defs/Count"}""", "0", "at least 1")]
    [InlineData("""{"$ref":"#/$defs/Count","maximum":5}""", "6", "at least 1 and at most 5")]
    [InlineData("""{"$ref":"#/$defs/Count","minimum":3}""", "2", "at least 3")]
    [InlineData("""{"type":"array","items":{"type":"integer","minimum":1}}""", "[1,0]", "at least 1")]
    [InlineData("""{"type":"array","items":{"type":"string","maxLength":2}}""", "[\"abc\"]", "of at most 2 characters")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"number","maximum":1}}""", "{\"k\":2}", "at most 1")]
    [InlineData("""{"type":"object","maxProperties":1}""", "{\"k\":1,\"l\":2}", "of at most 1 entries")]
    [InlineData("""{"type":"integer","multipleOf":5}""", "7", "a multiple of 5")]
    [InlineData("""{"type":"integer","enum":[1,2]}""", "3", "one of 1, 2")]
    [InlineData("""{"enum":[1.5,2]}""", "3", "one of 1.5, 2")]
    [InlineData("""{"const":7}""", "8", "one of 7")]
    [InlineData("""{"type":"string","format":"email"}""", "\"x\"", "an e-mail address")]
    public void A_constraint_holds_wherever_it_is_written(string property, string value, string expected)
    {
        var schema = ExtractionSchema.FromJsonSchema("X", Encoding.UTF8.GetBytes(
            $$$"""{"type":"object","properties":{"a":{{{property}}}},"required":["a"],"$defs":{"Count":{"type":"integer","minimum":1} } }"""));

        var error = Assert.Single(schema.Read(Encoding.UTF8.GetBytes($$"""{"a":{{value}}}""")).Errors);

        Assert.Equal(expected, error.Expected);
    }

    [Theory]
    [InlineData("""{"description":"outer","anyOf":[{"type":"integer","description":"inner"},{"type":"null"}]}""", "outer")]
    [InlineData("""{"anyOf":[{"type":"integer","description":"inner"},{"type":"null"}]}""", "inner")]
    [InlineData("""{"$ref":"#/$defs/Count"}""", "target")]
    [InlineData("""{"$ref":"#/$defs/Count","description":"here"}""", "here")]
    public void A_description_is_found_wherever_it_is_written(string property, string expected)
    {
        var schema = ExtractionSchema.FromJsonSchema("X", Encoding.UTF8.GetBytes(
            $$$"""{"type":"object","properties":{"a":{{{property}}}},"$defs":{"Count":{"type":"integer","description":"target"} } }"""));

        Assert.Equal(expected, schema.Fields[0].Description);
    }

    [Fact]
    public void Several_shapes_are_a_union()
    {
        var schema = ExtractionSchema.FromJsonSchema("X", """
            {"type":"object","required":["a","b"],"properties":{
              "a":{"anyOf":[{"$ref":"#/$defs/Card-1"},{"title":"Cash","type":"object","properties":{"kind":{"const":"cash"}},"required":["kind"]},{"type":"null"}]},
              "b":{"type":["string","integer"]}},
             "$defs":{"Card-1":{"type":"object","properties":{"kind":{"const":"card"},"next":{"$ref":"#/properties/a"}},"required":["kind"]}}}
            """u8);
        var union = schema.Descriptor.Types[schema.Fields[0].Type];

        Assert.Equal(SchemaKind.Union, union.Kind);
        Assert.Equal(["Card-1", "Cash"], union.Cases.Select(static option => option.Name));
        Assert.True(schema.Fields[0].Nullable);
        Assert.Equal(["string", "integer"], schema.Descriptor.Types[schema.Fields[1].Type].Cases.Select(static option => option.Name));
        Assert.Equal(schema.Fingerprint, ExtractionSchema.FromDescriptor(SchemaDescriptor.FromJson(schema.Descriptor.ToJson())).Fingerprint);
        Assert.Contains("\"#/$defs/a\"", Encoding.UTF8.GetString(schema.ResponseJsonSchema.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void A_root_need_not_be_an_object()
    {
        var schema = ExtractionSchema.FromJsonSchema("X", """{"type":"array","items":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}}"""u8);

        Assert.Equal("items", schema.Descriptor.RootMember);
        Assert.Equal(AnswerStatus.Exact, schema.Read("""[{"a":"x"}]"""u8).Status);
    }

    [Fact]
    public void Names_of_references_need_no_escape()
    {
        var schema = ExtractionSchema.FromJsonSchema("X", """
            {"type":"object","properties":{"a":{"$ref":"#/$defs/My~1Größe"},"b":{"$ref":"#/$defs/My~1Größe"}},"$defs":{"My/Größe":{"type":"object","properties":{"c":{"type":"string"}}}}}
            """u8);

        Assert.Contains("\"$ref\":\"#/$defs/My_1Gr__e\"", Encoding.UTF8.GetString(schema.ResponseJsonSchema.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"string","minLength":2}""", "#")]
    [InlineData("""{"type":["object","null"],"properties":{"a":{"type":"string"}}}""", "#")]
    [InlineData("{}", "#")]
    [InlineData("""{"type":"object","properties":{"a":{"allOf":[]}}}""", "#/properties/a")]
    [InlineData("""{"type":"object","properties":{"a":{"anyOf":[{"type":"string","maxLength":1},{"type":"integer"}]}}}""", "#/properties/a/anyOf/0")]
    [InlineData("""{"type":"object","properties":{"a":{"anyOf":[{"type":"null"}]}}}""", "#/properties/a")]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#/$defs/Nowhere"}}}""", "#/properties/a")]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":null}}}""", "#/properties/a")]
    [InlineData("""{"type":"object","properties":{"a":{"type":null}}}""", "#/properties/a")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"null"}}}""", "#/properties/a")]
    [InlineData("""{"type":"object","properties":{"a":{"enum":[1,"x"]}}}""", "#/properties/a")]
    [InlineData("""{"type":"object","properties":{"a":{"enum":[1,true]}}}""", "#/properties/a")]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#/properties/a"}}}""", "#/properties/a")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":{"type":"string"}}""", "#/additionalProperties")]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#"}},"required":["a"]}""", "#")]
    [InlineData("not json", "no JSON Schema")]
    public void What_cannot_be_expressed_is_refused_by_its_place(string schema, string place)
    {
        var exception = Assert.Throws<FormatException>(() => ExtractionSchema.FromJsonSchema("X", Encoding.UTF8.GetBytes(schema)));

        Assert.Contains(place, exception.Message, StringComparison.Ordinal);
    }
}
