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
    [InlineData("""{"type":"INTEGER","format":"enum","enum":["101","201"]}""", "102", "one of 101, 201")]
    [InlineData("""{"type":["integer","boolean"],"enum":[1,2]}""", "3", "one of 1, 2")]
    [InlineData("""{"$ref":"#/$defs/Rank","enum":[2,3,4]}""", "1", "one of 2, 3")]
    [InlineData("""{"enum":[1,2,3],"const":2}""", "1", "one of 2")]
    [InlineData("""{"allOf":[{"$ref":"#/$defs/Count"}],"multipleOf":6}""", "8", "at least 1 and a multiple of 6")]
    [InlineData("""{"$ref":"#/$defs/Even","multipleOf":3}""", "4", "a multiple of 6")]
    [InlineData("""{"$ref":"#/$defs/Even","multipleOf":0.3}""", "4.1", "a multiple of 6")]
    [InlineData("""{"type":"number","minimum":10,"exclusiveMinimum":0}""", "5", "at least 10")]
    [InlineData("""{"type":"number","minimum":0,"exclusiveMinimum":true}""", "0", "greater than 0")]
    [InlineData("""{"anyOf":[{"type":"string","maxLength":2},{"const":null}]}""", "\"abc\"", "of at most 2 characters")]
    [InlineData("""{"type":"string","anyOf":[{"minLength":2},{"type":"null"}]}""", "\"a\"", "of at least 2 characters")]
    [InlineData("""{"$ref":"#/$defs/Text","format":"email","pattern":"^a*$"}""", "\"bb\"", "a text that matches ^a*$")]
    [InlineData("""{"type":["string","integer"],"pattern":"^x$"}""", "\"y\"", "a text that matches ^x$")]
    [InlineData("""{"type":["string","integer"],"minLength":2,"minimum":3}""", "2", "at least 3")]
    [InlineData("""{"type":["string","integer"],"minLength":2,"minimum":3}""", "\"a\"", "of at least 2 characters")]
    [InlineData("""{"type":["string","integer"],"format":"email"}""", "\"a\"", "an e-mail address")]
    [InlineData("""{"anyOf":[{"type":"number","minimum":0},{"type":"string","pattern":"^[0-9]+$"}]}""", "-1", "at least 0")]
    [InlineData("""{"anyOf":[{"type":"number","minimum":0},{"type":"string","pattern":"^[0-9]+$"}]}""", "\"x\"", "a text that matches ^[0-9]+$")]
    [InlineData("""{"anyOf":[{"type":"string","maxLength":1},{"type":"integer"}]}""", "\"ab\"", "of at most 1 characters")]
    [InlineData("""{"maximum":5,"anyOf":[{"type":"integer","minimum":1},{"type":"string"},{"type":"null"}]}""", "6", "at least 1 and at most 5")]
    [InlineData("""{"type":"array","items":{"$ref":"#/$defs/Choice"}}""", "[0]", "at least 1")]
    [InlineData("""{"type":"object","additionalProperties":{"$ref":"#/$defs/Choice"}}""", "{\"k\":0}", "at least 1")]
    [InlineData("""{"$ref":"#/$defs/Choice","description":"again"}""", "0", "at least 1")]
    [InlineData("""{"allOf":[{"type":"string"},{"minLength":2}]}""", "\"a\"", "of at least 2 characters")]
    [InlineData("""{"allOf":[{"description":"x"},{"$ref":"#/$defs/Count"},{"maximum":5}]}""", "6", "at least 1 and at most 5")]
    [InlineData("""{"type":"integer","enum":[1,2],"allOf":[true]}""", "3", "one of 1, 2")]
    [InlineData("""{"type":"integer","maximum":2,"$ref":"#/$defs/Anything"}""", "3", "at most 2")]
    [InlineData("""{"type":"string","pattern":"^INV"}""", "\"IN-1\"", @"a text that matches ^INV[\s\S]*")]
    public void A_constraint_holds_wherever_it_is_written(string property, string value, string expected)
    {
        var schema = ExtractionSchema.FromJsonSchema("X", Encoding.UTF8.GetBytes(
            $$$"""{"type":"object","properties":{"a":{{{property}}}},"required":["a"],"$defs":{"Count":{"type":"integer","minimum":1},"Rank":{"type":"integer","enum":[1,2,3]},"Even":{"type":"number","multipleOf":2},"Text":{"type":"string"},"Anything":true,"Choice":{"anyOf":[{"type":"integer","minimum":1},{"type":"object","properties":{"next":{"$ref":"#/$defs/Choice"} } }] } } } """));

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

    [Theory]
    [InlineData("""{"type":"array","items":{"$ref":"#/$defs/Letter"}}""", """["b","c"]""", AnswerStatus.Exact)]
    [InlineData("""{"$ref":"#/$defs/Letter","enum":["b","c","d"]}""", "\"a\"", AnswerStatus.Rejected)]
    [InlineData("""{"$ref":"#/$defs/Letter","enum":["b","c","d"]}""", "\"c\"", AnswerStatus.Exact)]
    [InlineData("""{"$ref":"#/$defs/Letter","pattern":"[a-b]"}""", "\"c\"", AnswerStatus.Rejected)]
    [InlineData("""{"type":"string","pattern":"^INV"}""", "\"INV-1\"", AnswerStatus.Exact)]
    [InlineData("""{"anyOf":[{"$ref":"#/$defs/Letter"},{"type":"null"}],"const":"a"}""", "\"b\"", AnswerStatus.Rejected)]
    [InlineData("""{"nullable":true,"anyOf":[{"$ref":"#/$defs/Letter"},{"type":"integer"}]}""", "null", AnswerStatus.Exact)]
    [InlineData("""{"$ref":"#/$defs/Letter","nullable":true}""", "null", AnswerStatus.Exact)]
    [InlineData("""{"$ref":"#/$defs/Letter"}""", "null", AnswerStatus.Rejected)]
    [InlineData("""{"allOf":[{"$ref":"#/$defs/Letter"},{"description":"x"},{"nullable":true}]}""", "null", AnswerStatus.Exact)]
    [InlineData("""{"type":["string","null"],"allOf":[{"minLength":2}]}""", "null", AnswerStatus.Exact)]
    [InlineData("""{"type":"string","allOf":[true]}""", "null", AnswerStatus.Rejected)]
    [InlineData("""{"type":"string","allOf":[true]}""", "\"x\"", AnswerStatus.Exact)]
    [InlineData("""{"additionalProperties":{"type":"integer"}}""", """{"b":1}""", AnswerStatus.Exact)]
    [InlineData("""{"additionalProperties":{"type":"integer"}}""", """["b"]""", AnswerStatus.Rejected)]
    [InlineData("""{"additionalProperties":false}""", "1", AnswerStatus.Rejected)]
    [InlineData("""{"additionalProperties":true,"required":[]}""", "1", AnswerStatus.Exact)]
    [InlineData("""{"type":["string","array"],"minItems":0,"minLength":0}""", "[]", AnswerStatus.Exact)]
    [InlineData("""{"minItems":0}""", "1", AnswerStatus.Exact)]
    [InlineData("""{"type":"object","properties":{"b":{"type":"string"}},"additionalProperties":{}}""", """{"b":"x"}""", AnswerStatus.Exact)]
    [InlineData("""{"type":"object","propertyNames":{"type":"string"},"additionalProperties":{"type":"integer"}}""", """{"b":1}""", AnswerStatus.Exact)]
    [InlineData("""{"type":"object","propertyNames":{},"additionalProperties":{"type":"integer"}}""", """{"b":1}""", AnswerStatus.Exact)]
    [InlineData("""{"type":"object","propertyNames":true,"properties":{"b":{"type":"string"}}}""", """{"b":"x"}""", AnswerStatus.Exact)]
    [InlineData("""{"type":"object","propertyNames":{"$ref":"#/$defs/Letter"},"additionalProperties":{"type":"integer"}}""", """{"b":1}""", AnswerStatus.Exact)]
    [InlineData("""{"propertyNames":{"type":"string","enum":["a","b"]}}""", """{"z":1}""", AnswerStatus.Rejected)]
    [InlineData("""{"type":"object","properties":{"b":{"type":"string"}},"required":["b"],"minProperties":1,"maxProperties":1}""", """{"b":"x"}""", AnswerStatus.Exact)]
    public void What_several_layers_say_holds_together(string property, string value, AnswerStatus expected)
    {
        var schema = ExtractionSchema.FromJsonSchema("X", Encoding.UTF8.GetBytes(
            $$$"""{"type":"object","properties":{"a":{{{property}}}},"required":["a"],"$defs":{"Letter":{"enum":["a","b","c"]} } }"""));

        Assert.Equal(expected, schema.Read(Encoding.UTF8.GetBytes($$"""{"a":{{value}}}"""), ParseOptions.Strict).Status);
    }

    [Theory]
    [InlineData("^(EUR|USD)$")]
    [InlineData("^[a|b]+$")]
    [InlineData(@"^a\|b$")]
    [InlineData("^[]|]$")]
    [InlineData("^[a-z-[b|c]]|d]$", @"[\s\S]*?(?:^[a-z-[b|c]]|d]$)[\s\S]*")]
    [InlineData("^[^]|]$")]
    [InlineData(@"^(\)|a)$")]
    [InlineData("^a$|^b$", @"[\s\S]*?(?:^a$|^b$)[\s\S]*")]
    [InlineData("^(a)|b$", @"[\s\S]*?(?:^(a)|b$)[\s\S]*")]
    public void A_pattern_that_is_anchored_as_a_whole_is_kept_as_it_is(string pattern, string? expected = null)
    {
        var schema = ExtractionSchema.FromJsonSchema("X", Encoding.UTF8.GetBytes(
            $$$"""{"type":"object","properties":{"a":{"type":"string","pattern":{{{System.Text.Json.JsonSerializer.Serialize(pattern)}}} } } }"""));

        Assert.Equal(expected ?? pattern, schema.Fields[0].Pattern);
    }

    [Fact]
    public void A_union_keeps_its_null_wherever_it_is_referred_to()
    {
        var schema = ExtractionSchema.FromJsonSchema("X", """
            {"type":"object","required":["a","b","c"],"properties":{"a":{"$ref":"#/$defs/U"},"b":{"$ref":"#/$defs/U"},"c":{"type":"array","items":{"$ref":"#/$defs/U"}}},
             "$defs":{"U":{"anyOf":[{"title":"Node","type":"object","properties":{"next":{"$ref":"#/$defs/U"},"all":{"type":"array","items":{"$ref":"#/$defs/U"}}},"required":["all"]},{"type":["string","null"]}]}}}
            """u8);

        Assert.All(schema.Fields.Take(2), static field => Assert.True(field.Nullable));
        Assert.All(schema.Descriptor.Types.Where(static type => type.Kind == SchemaKind.Array), static list => Assert.True(list.ItemNullable));
        Assert.True(Assert.Single(schema.Descriptor.Types, static type => type.Name == "Node").Fields[0].Nullable);
    }

    [Fact]
    public void A_rendered_union_keeps_its_null()
    {
        var schema = ExtractionSchema.FromJsonSchema("X", """{"type":"object","properties":{"a":{"anyOf":[{"type":"string"},{"type":"integer"},{"type":"null"}]}}}"""u8);

        Assert.True(ExtractionSchema.FromJsonSchema("X", schema.ResponseSchema.Span).Fields[0].Nullable);
        Assert.True(ExtractionSchema.FromJsonSchema("X", schema.ResponseJsonSchema.Span).Fields[0].Nullable);
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

    [Theory]
    [InlineData("""{"type":["object","null"],"properties":{"a":{"type":"string"}},"required":["a"]}""", """{"a":"x"}""")]
    [InlineData("""{"type":["array","null"],"items":{"type":"string"}}""", """["x"]""")]
    [InlineData("""{"type":["object","null"],"additionalProperties":{"type":"string"}}""", """{"a":"x"}""")]
    public void Null_is_no_answer_where_a_root_allows_it(string root, string answer)
    {
        var schema = ExtractionSchema.FromJsonSchema("X", Encoding.UTF8.GetBytes(root));

        Assert.Equal(AnswerStatus.Exact, schema.Read(Encoding.UTF8.GetBytes(answer)).Status);
        Assert.Equal(AnswerStatus.Rejected, schema.Read("null"u8, ParseOptions.Strict).Status);
    }

    [Fact]
    public void A_reference_may_lead_through_a_list()
    {
        var schema = ExtractionSchema.FromJsonSchema("X", """
            {"type":"object","properties":{"a":{"anyOf":[{"type":"object","properties":{"next":{"$ref":"#/properties/a/anyOf/0"}}},{"type":"null"}]},"b":{"$ref":"#/properties/a/anyOf/0"}}}
            """u8);

        Assert.Equal(schema.Fields[0].Type, schema.Fields[1].Type);
        Assert.Equal("a", schema.Descriptor.Types[schema.Fields[0].Type].Name);
        Assert.True(schema.Descriptor.Types[schema.Fields[0].Type].Fields[0].Recursive);
    }

    [Fact]
    public void A_type_that_ends_in_another_case_is_not_endless()
    {
        var schema = ExtractionSchema.FromJsonSchema("X", """
            {"type":"object","properties":{"value":{"$ref":"#/$defs/E"}},"required":["value"],
             "$defs":{"E":{"anyOf":[{"type":"number"},{"type":"array","items":{"$ref":"#/$defs/Sum"}},{"$ref":"#/$defs/Sum"}]},
              "Sum":{"type":"object","properties":{"left":{"$ref":"#/$defs/E"},"right":{"$ref":"#/$defs/E"},"sign":{"type":"string"}},"required":["left","right","sign"]}}}
            """u8);
        var sum = Assert.Single(schema.Descriptor.Types, static type => type.Name == "Sum");

        Assert.Equal([true, true, false], sum.Fields.Select(static field => field.Recursive));
        Assert.Equal(SchemaPresence.Required, schema.Fields[0].Presence);
        Assert.Equal(AnswerStatus.Exact, schema.Read("""{"value":{"left":1,"right":[{"left":2,"right":3,"sign":"+"}],"sign":"-"}}"""u8).Status);
        Assert.Equal(schema.Fingerprint, ExtractionSchema.FromDescriptor(SchemaDescriptor.FromJson(schema.Descriptor.ToJson())).Fingerprint);
        Assert.NotEmpty(schema.ResponseSchema.ToArray());
        Assert.Contains("E = number|Sum[]|Sum", schema.PromptInstructions, StringComparison.Ordinal);
    }

    [Fact]
    public void An_enum_of_names_is_the_keys_of_a_map()
    {
        var schema = ExtractionSchema.FromJsonSchema("X", """
            {"type":"object","properties":{"a":{"type":"object","propertyNames":{"type":"string","enum":["x","y"]},"additionalProperties":{"type":"integer"}}}}
            """u8);
        var map = schema.Descriptor.Types[schema.Fields[0].Type];

        Assert.Equal(["x", "y"], schema.Descriptor.Types[map.KeyType].EnumValues.Select(static value => value.JsonName));
    }

    [Fact]
    public void Names_of_references_need_no_escape()
    {
        var schema = ExtractionSchema.FromJsonSchema("X", """
            {"type":"object","properties":{"a":{"$ref":"#/$defs/My~1Größe"},"b":{"$ref":"#/$defs/My~1Größe"}},"$defs":{"My/Größe":{"type":"object","properties":{"c":{"type":"string"}}}}}
            """u8);

        Assert.Contains("\"$ref\":\"#/$defs/My_1Gr__e\"", Encoding.UTF8.GetString(schema.ResponseJsonSchema.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Types_of_one_name_are_told_apart_where_they_are_referred_to()
    {
        var schema = ExtractionSchema.FromJsonSchema("X", """
            {"type":"object","properties":{"a":{"$ref":"#/$defs/A"},"b":{"$ref":"#/$defs/B"},"c":{"$ref":"#/$defs/C"},"d":{"$ref":"#/$defs/A"},"e":{"$ref":"#/$defs/B"},"f":{"$ref":"#/$defs/C"}},
             "$defs":{"A":{"title":"Part","type":"object","properties":{"x":{"type":"string"}}},"B":{"title":"Part2","type":"object","properties":{"y":{"type":"string"}}},"C":{"title":"Part","type":"object","properties":{"z":{"type":"string"}}}}}
            """u8);
        using var json = System.Text.Json.JsonDocument.Parse(schema.ResponseJsonSchema);

        Assert.Equal(["Part", "Part2", "Part3"], json.RootElement.GetProperty("$defs").EnumerateObject().Select(static type => type.Name).Order(StringComparer.Ordinal));
    }
}
