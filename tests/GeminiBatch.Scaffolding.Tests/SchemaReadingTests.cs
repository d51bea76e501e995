namespace GeminiBatch.Scaffolding.Tests;

/// <summary>Both dialects, references, nullability, formats and constraints.</summary>
public sealed class SchemaReadingTests
{
    [Theory]
    [InlineData("""{ "type": "string" }""", "string? Value")]
    [InlineData("""{ "type": "integer" }""", "long? Value")]
    [InlineData("""{ "type": "integer", "format": "int32" }""", "int? Value")]
    [InlineData("""{ "type": "integer", "minimum": 0, "maximum": 18446744073709551615 }""", "ulong? Value")]
    [InlineData("""{ "type": "number" }""", "double? Value")]
    [InlineData("""{ "type": "number", "format": "decimal" }""", "decimal? Value")]
    [InlineData("""{ "type": "boolean" }""", "bool? Value")]
    [InlineData("""{ "type": "string", "format": "date" }""", "DateOnly? Value")]
    [InlineData("""{ "type": "string", "format": "time" }""", "TimeOnly? Value")]
    [InlineData("""{ "type": "string", "format": "date-time" }""", "DateTimeOffset? Value")]
    [InlineData("""{ "type": "string", "format": "duration" }""", "TimeSpan? Value")]
    [InlineData("""{ "type": "string", "format": "uuid" }""", "Guid? Value")]
    [InlineData("""{ "type": "string", "format": "uri" }""", "Uri? Value")]
    [InlineData("""{ "type": "array", "items": { "type": ["integer", "null"] } }""", "IReadOnlyList<long?>? Value")]
    [InlineData("""{ "type": "array", "uniqueItems": true, "items": { "type": "string" } }""", "IReadOnlySet<string>? Value")]
    [InlineData("""{ "type": "array" }""", "IReadOnlyList<JsonElement>? Value")]
    [InlineData("""{ "type": "object" }""", "IReadOnlyDictionary<string, JsonElement>? Value")]
    [InlineData("""{ "type": "object", "additionalProperties": { "type": "number" } }""", "IReadOnlyDictionary<string, double>? Value")]
    [InlineData("{}", "JsonElement? Value")]
    [InlineData("true", "JsonElement? Value")]
    [InlineData("""{ "type": "STRING", "nullable": true }""", "string? Value")]
    [InlineData("""{ "type": "ARRAY", "items": { "type": "STRING", "format": "date-time" }, "minItems": "2" }""", "[MinLength(2)]\n    public IReadOnlyList<DateTimeOffset>? Value")]
    [InlineData("""{ "const": 2 }""", "[AllowedValues(2L)]\n    public long? Value")]
    [InlineData("""{ "enum": [1.5, 2] }""", "[AllowedValues(1.5, 2.0)]\n    public double? Value")]
    [InlineData("""{ "type": "string", "pattern": "^[A-Z]{2}\\d+$" }""", "[RegularExpression(@\"^[A-Z]{2}\\d+$\")]")]
    [InlineData("""{ "type": "string", "pattern": "^(EUR|USD)$" }""", "[RegularExpression(\"^(EUR|USD)$\")]")]
    [InlineData("""{ "type": "string", "pattern": "[A-Z]" }""", "[RegularExpression(@\"[\\s\\S]*?(?:[A-Z])[\\s\\S]*\")]")]
    [InlineData("""{ "type": "string", "format": "email" }""", "[EmailAddress]")]
    [InlineData("""{ "type": "number", "exclusiveMinimum": 0 }""", "[Range(0.0, double.PositiveInfinity, MinimumIsExclusive = true)]")]
    [InlineData("""{ "type": "number", "minimum": 0, "exclusiveMinimum": true }""", "[Range(0.0, double.PositiveInfinity, MinimumIsExclusive = true)]")]
    [InlineData("""{ "type": "integer", "exclusiveMinimum": 0, "maximum": 9.5 }""", "[Range(1, 9)]")]
    [InlineData("""{ "type": "string", "default": "n/a" }""", "string Value { get; init; } = \"n/a\";")]
    [InlineData("""{ "type": "integer", "default": 5 }""", "long Value { get; init; } = 5;")]
    [InlineData("""{ "type": "number", "format": "decimal", "default": 0.5 }""", "decimal Value { get; init; } = 0.5m;")]
    [InlineData("""{ "type": "array", "items": { "type": "string" }, "default": ["a"] }""", "IReadOnlyList<string> Value { get; init; } = [\"a\"];")]
    [InlineData("""{ "enum": ["none", 0, 1.5, true, null] }""", "[AllowedValues(\"none\", 0L, 1.5, true)]\n    public JsonElement? Value")]
    [InlineData("""{ "anyOf": [{ "const": "all" }, { "enum": [1, 2] }] }""", "[AllowedValues(\"all\", 1L, 2L)]\n    public JsonElement? Value")]
    [InlineData("""{ "enum": ["A", "B"], "default": "B" }""", "public Value Value { get; init; } = Value.B;")]
    [InlineData("""{ "enum": ["A", null] }""", "public Value? Value")]
    [InlineData("""{ "anyOf": [{ "type": "integer", "format": "int32" }, { "type": "null" }], "default": 3 }""", "int? Value { get; init; } = 3;")]
    [InlineData("""{ "oneOf": [{ "const": "a", "title": "First", "description": "The first." }, { "const": "b" }] }""", "/// <summary>The first.</summary>\n    [JsonStringEnumMemberName(\"a\")]\n    First,")]
    [InlineData("""{ "enum": ["k"], "x-enumAliases": { "k": ["kay", "K."] } }""", "[JsonStringEnumMemberName(\"k\")]\n    [Aliases(\"kay\", \"K.\")]\n    K,")]
    [InlineData("""{ "type": "integer", "x-checks": [{ "level": "assert", "expr": "this > 0" }, { "level": "assert", "expr": "this <= 10" }] }""", "[Range(1, 10)]")]
    [InlineData("""{ "type": "string", "x-checks": [{ "level": "assert", "expr": "this|length > 0" }] }""", "[MinLength(1)]")]
    [InlineData("""{ "enum": ["A", "B"], "x-checks": [{ "level": "assert", "expr": "this == 'B'" }] }""", "public enum Value\n{\n    B,\n}")]
    [InlineData("""{ "allOf": [{ "$ref": "#/$defs/Text" }], "description": "Here." }""", "/// <summary>Here.</summary>\n    public string? Value")]
    public void A_property_becomes(string schema, string expected)
    {
        var source = Text($$"""{ "title": "Owner", "type": "object", "properties": { "value": {{schema}} }, "$defs": { "Text": { "type": "string" } } }""");

        Assert.Contains(expected, source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_may_lead_back_to_itself_by_reference_and_by_a_list()
    {
        var source = Text("""
            { "$ref": "#/$defs/Node", "$defs": { "Node": { "type": "object", "properties": {
              "next": { "anyOf": [{ "$ref": "#/$defs/Node" }, { "type": "null" }] }, "children": { "type": "array", "items": { "$ref": "#" } } } } } }
            """);

        Assert.Contains("public Node? Next { get; init; }", source, StringComparison.Ordinal);
        Assert.Contains("public IReadOnlyList<Node>? Children { get; init; }", source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#/definitions/T", "definitions", "T")]
    [InlineData("#/$defs/a~1b", "$defs", "a/b")]
    [InlineData("#/$defs/%C3%A9t%C3%A9", "$defs", "été")]
    [InlineData("#here", "$defs", "T")]
    public void A_reference_is_found(string reference, string room, string name)
    {
        var source = Text($$"""{ "title": "Owner", "properties": { "x": { "$ref": "{{reference}}" } }, "{{room}}": { "{{name}}": { "$anchor": "here", "type": "boolean" } } }""");

        Assert.Contains("public bool? X", source, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_of_allOf_are_one_record()
    {
        var source = Text("""
            { "title": "Owner", "allOf": [
              { "$ref": "#/$defs/Base" },
              { "type": "object", "properties": { "b": { "type": "string" } }, "required": ["b"] } ],
              "$defs": { "Base": { "type": "object", "properties": { "a": { "type": "integer" } }, "required": ["a"] } } }
            """);

        Assert.Contains("public required long A", source, StringComparison.Ordinal);
        Assert.Contains("public required string B", source, StringComparison.Ordinal);
    }

    [Fact]
    public void Properties_stand_in_the_order_that_the_schema_asks_for()
    {
        var source = Text("""{ "type": "OBJECT", "properties": { "a": { "type": "STRING" }, "b": { "type": "STRING" } }, "propertyOrdering": ["b", "a"] }""");

        Assert.True(source.IndexOf(" B ", StringComparison.Ordinal) < source.IndexOf(" A ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("first_name", "FirstName")]
    [InlineData("HTTPServer", "HttpServer")]
    [InlineData("THANK_YOU", "ThankYou")]
    [InlineData("class", "Class")]
    [InlineData("2fa", "Value2fa")]
    [InlineData("owner", "OwnerValue")]
    [InlineData("equals", "EqualsValue")]
    [InlineData("prénom", "Prénom")]
    [InlineData("フィールド", "フィールド")]
    [InlineData("🙂", "Value")]
    [InlineData("", "Value")]
    public void A_property_is_named(string name, string expected) =>
        Assert.Contains($" {expected} {{ get;", Text($$"""{ "title": "Owner", "type": "object", "properties": { "{{name}}": { "type": "string" } } }"""), StringComparison.Ordinal);

    [Fact]
    public void Names_that_meet_are_told_apart()
    {
        var source = Text("""{ "title": "Owner", "type": "object", "properties": { "a b": { "type": "string" }, "a_b": { "type": "string" }, "Uri": { "type": "object", "properties": { "uri": { "type": "string", "format": "uri" } } } } }""");

        Assert.Contains("[JsonPropertyName(\"a b\")]\n    public string? AB ", source, StringComparison.Ordinal);
        Assert.Contains("[JsonPropertyName(\"a_b\")]\n    public string? AB2 ", source, StringComparison.Ordinal);
        Assert.Contains("public sealed record OwnerUri", source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "type": "string" }""", "string")]
    [InlineData("""{ "type": ["integer", "null"] }""", "long?")]
    [InlineData("""{ "type": "array", "items": { "type": "array", "items": { "type": "boolean" } } }""", "List<IReadOnlyList<bool>>")]
    [InlineData("""{ "type": "object", "additionalProperties": { "type": "string" } }""", "Dictionary<string, string>")]
    [InlineData("""{ "enum": ["a"] }""", "Answer")]
    [InlineData("""{ "anyOf": [{ "type": "object", "properties": { "a": { "type": "string" } } }, { "type": "object", "properties": { "b": { "type": "string" } } }] }""", "Answer")]
    public void Any_root_is_declared_or_wrapped(string schema, string rootType)
    {
        var declared = ScaffoldCompilation.Compiled(SchemaScaffolder.Scaffold(schema));
        var wrapped = ScaffoldCompilation.Compiled(SchemaScaffolder.Scaffold(schema, new ScaffoldingOptions { WrapRoot = true }));

        Assert.Equal((rootType, "Extraction.AnswerSchema"), (declared.RootType, declared.DeclaringType));
        Assert.Contains($"[ExtractionSchema<{rootType}>]", declared.Files[0].Text, StringComparison.Ordinal);
        Assert.Equal(("Answer", "Extraction.Answer"), (wrapped.RootType, wrapped.DeclaringType));
        Assert.Contains(" Value { get; init; }", wrapped.Files[0].Text, StringComparison.Ordinal);
    }

    private static string Text(string schema) =>
        string.Join('\n', ScaffoldCompilation.Compiled(SchemaScaffolder.Scaffold(schema)).Files.Select(file => file.Text));
}
