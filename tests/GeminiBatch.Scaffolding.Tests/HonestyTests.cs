using System.Text;

namespace GeminiBatch.Scaffolding.Tests;

/// <summary>What cannot be said is noted; what is no schema is refused with its place.</summary>
public sealed class HonestyTests
{
    [Theory]
    [InlineData("""{ "type": "number", "multipleOf": 5 }""", "multipleOf")]
    [InlineData("""{ "type": "string", "format": "ipv4" }""", "format")]
    [InlineData("""{ "type": "string", "pattern": "\\p{Script=Latin}" }""", "pattern")]
    [InlineData("""{ "type": ["string", "integer"] }""", "type")]
    [InlineData("""{ "anyOf": [{ "type": "string" }, { "type": "integer" }] }""", "anyOf")]
    [InlineData("""{ "enum": [1, true, "x"] }""", "enum")]
    [InlineData("""{ "type": "array", "items": { "type": "string", "maxLength": 5 } }""", "maxLength")]
    [InlineData("""{ "type": "object", "properties": { "a": {} }, "additionalProperties": true }""", "additionalProperties")]
    [InlineData("""{ "type": "object", "patternProperties": { "^x": {} } }""", "patternProperties")]
    [InlineData("""{ "type": "string", "not": { "const": "x" } }""", "not")]
    [InlineData("""{ "type": "string", "format": "date", "default": "2026-01-01" }""", "default")]
    [InlineData("""{ "type": "string", "deprecated": true }""", "deprecated")]
    [InlineData("""{ "type": "array", "items": { "$ref": "#/properties/value" } }""", "items")]
    [InlineData("""{ "type": "string", "somethingNew": 1 }""", "somethingNew")]
    [InlineData("""{ "type": "string", "x-checks": [{ "level": "assert", "expr": "this in words" }] }""", "x-checks")]
    [InlineData("""{ "type": "integer", "x-checks": [{ "level": "check", "expr": "this < 10" }] }""", "x-checks")]
    public void What_the_types_do_not_say_is_noted(string schema, string keyword)
    {
        var source = ScaffoldCompilation.Compiled(SchemaScaffolder.Scaffold($$"""{ "type": "object", "properties": { "value": {{schema}} } }"""));

        var note = Assert.Single(source.Notes);
        Assert.Equal(keyword, note.Keyword);
        Assert.StartsWith("#/properties/value", note.Pointer, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_JSON_spelled_out_is_no_loss()
    {
        var source = ScaffoldCompilation.Compiled(SchemaScaffolder.Scaffold("""
            { "$ref": "#/$defs/J", "$defs": { "J": { "anyOf": [{ "type": "number" }, { "type": "boolean" }, { "type": "string" }, { "type": "null" },
              { "type": "array", "items": { "$ref": "#/$defs/J" } }, { "type": "object", "additionalProperties": { "$ref": "#/$defs/J" } }] } } }
            """));

        Assert.Equal("JsonElement?", source.RootType);
        Assert.Empty(source.Notes);
    }

    [Theory]
    [InlineData("[]", "#")]
    [InlineData("{", "#")]
    [InlineData("""{ "$ref": 123 }""", "#/$ref")]
    [InlineData("""{ "$ref": "#/$defs/X" }""", "#/$defs/X")]
    [InlineData("""{ "$ref": "https://example.org/x.json" }""", "#/$ref")]
    [InlineData("""{ "$ref": "#/$defs/A", "$defs": { "A": { "$ref": "#/$defs/B" }, "B": { "$ref": "#/$defs/A" } } }""", "#/$defs/B")]
    [InlineData("""{ "allOf": [{ "$ref": "#" }], "type": "object" }""", "#")]
    [InlineData("""{ "type": "array", "items": { "type": "bogus" } }""", "#/items/type")]
    [InlineData("""{ "allOf": [{ "type": "string" }, { "type": "object" }], "minLength": 1 }""", "#")]
    [InlineData("false", "#")]
    [InlineData("""{ "type": "object", "properties": { "\ud800": {} } }""", "#")]
    public void What_is_no_schema_is_refused_with_its_place(string schema, string pointer)
    {
        Assert.Equal(pointer, Assert.Throws<ScaffoldingException>(() => SchemaScaffolder.Scaffold(schema)).Pointer);
        Assert.Equal(pointer, Assert.Throws<ScaffoldingException>(() => SchemaScaffolder.Scaffold(Encoding.UTF8.GetBytes(schema))).Pointer);
    }

    [Theory]
    [InlineData("1x")]
    [InlineData("a b")]
    [InlineData("class")]
    [InlineData("Uri")]
    public void A_root_name_must_be_free_to_use(string name) =>
        Assert.Throws<ArgumentException>(() => SchemaScaffolder.Scaffold("{}", new ScaffoldingOptions { RootName = name }));
}
