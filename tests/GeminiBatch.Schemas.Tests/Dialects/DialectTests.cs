using System.Text;
using System.Text.Json;
using GeminiBatch.Testing;

namespace GeminiBatch.Schemas.Tests;

public class DialectTests
{
    // Protocol: structured output.
    private static readonly string[] s_responseSchemaKeywords =
    [
        "type", "format", "title", "description", "nullable", "enum", "items", "minItems", "maxItems", "properties", "required", "minProperties",
        "maxProperties", "minLength", "maxLength", "pattern", "example", "anyOf", "propertyOrdering", "default", "minimum", "maximum",
    ];

    private static readonly string[] s_jsonSchemaKeywords =
    [
        "$id", "$defs", "$ref", "$anchor", "type", "format", "title", "description", "enum", "items", "prefixItems", "minItems", "maxItems", "minimum",
        "maximum", "anyOf", "oneOf", "properties", "additionalProperties", "required", "propertyOrdering",
    ];

    public static TheoryData<string> Schemas { get; } = ["Invoice", "Everything", "Presences"];

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Both_dialects_and_the_prompt_read_as_reviewed(string name)
    {
        var schema = Of(name);

        Snapshot.Matches(Indent(schema.ResponseSchema), $"{name}#ResponseSchema", "json");
        Snapshot.Matches(Indent(schema.ResponseJsonSchema), $"{name}#ResponseJsonSchema", "json");
        Snapshot.Matches(schema.PromptInstructions + "\n\n" + schema.NativeInstructions, $"{name}#Prompt", "txt");
    }

    [Fact]
    public void ResponseSchema_has_no_empty_object_which_would_fail_a_whole_job_on_Vertex_AI() =>
        Assert.Equal("""{"type":"OBJECT","description":"Values of which nothing is said.","properties":{"first":{"description":"Any JSON value."},"others":{"type":"ARRAY","items":{"description":"Any JSON value."}}},"required":["first","others"],"propertyOrdering":["first","others"]}""", Encoding.UTF8.GetString(Anything.Schema.ResponseSchema.Span));

    [Theory]
    [MemberData(nameof(Schemas))]
    public void ResponseSchema_holds_only_what_the_protocol_allows(string name)
    {
        using var document = JsonDocument.Parse(Of(name).ResponseSchema);
        Walk(document.RootElement, s_responseSchemaKeywords, schema =>
        {
            Assert.True(!schema.TryGetProperty("type", out var type) || type.GetString() is "STRING" or "NUMBER" or "INTEGER" or "BOOLEAN" or "ARRAY" or "OBJECT");
            foreach (var count in new[] { "minItems", "maxItems", "minLength", "maxLength" })
            {
                Assert.True(!schema.TryGetProperty(count, out var value) || value.ValueKind == JsonValueKind.String, "64-bit counts are strings.");
            }

            if (schema.TryGetProperty("properties", out var properties))
            {
                Assert.Equal(properties.EnumerateObject().Select(static property => property.Name), schema.GetProperty("propertyOrdering").EnumerateArray().Select(static item => item.GetString()));
            }
        });
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void ResponseJsonSchema_holds_only_what_the_protocol_allows(string name)
    {
        using var document = JsonDocument.Parse(Of(name).ResponseJsonSchema);
        Walk(document.RootElement, s_jsonSchemaKeywords, schema =>
        {
            if (schema.TryGetProperty("$ref", out var reference))
            {
                Assert.All(schema.EnumerateObject(), static property => Assert.StartsWith("$", property.Name, StringComparison.Ordinal));
                Assert.True(document.RootElement.GetProperty("$defs").TryGetProperty(reference.GetString()!["#/$defs/".Length..], out _));
            }

            if (schema.TryGetProperty("properties", out _))
            {
                Assert.Equal(JsonValueKind.False, schema.GetProperty("additionalProperties").ValueKind);
            }

            Assert.True(!schema.TryGetProperty("enum", out var values) || values.EnumerateArray().All(static value => value.ValueKind is JsonValueKind.String or JsonValueKind.Number));
        });
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void The_runtime_prints_what_the_compiler_printed(string name)
    {
        var typed = Of(name);
        var untyped = ExtractionSchema.FromDescriptor(SchemaDescriptor.FromJson(typed.Descriptor.ToJson()));

        Assert.Equal(typed.ResponseSchema.ToArray(), untyped.ResponseSchema.ToArray());
        Assert.Equal(typed.ResponseJsonSchema.ToArray(), untyped.ResponseJsonSchema.ToArray());
        Assert.Equal(typed.PromptInstructions, untyped.PromptInstructions);
        Assert.Equal(typed.NativeInstructions, untyped.NativeInstructions);
        Assert.Equal(typed.Fingerprint, untyped.Fingerprint);
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void The_compact_notation_is_shorter_than_the_schema(string name)
    {
        var schema = Of(name);

        Assert.True(Encoding.UTF8.GetByteCount(schema.PromptInstructions) < schema.ResponseJsonSchema.Length * (name == "Presences" ? 0.75 : 0.5));
    }

    private static ExtractionSchema Of(string name) => name switch
    {
        "Invoice" => Invoice.Schema,
        "Everything" => Everything.Schema,
        _ => Presences.Schema,
    };

    private static string Indent(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            document.RootElement.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Walk(JsonElement schema, string[] allowed, Action<JsonElement> check)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        Assert.All(schema.EnumerateObject(), property => Assert.Contains(property.Name, allowed));
        check(schema);
        foreach (var property in schema.EnumerateObject())
        {
            var children = property.Name switch
            {
                "properties" or "$defs" => property.Value.EnumerateObject().Select(static child => child.Value),
                "items" or "additionalProperties" => [property.Value],
                "anyOf" => property.Value.EnumerateArray(),
                _ => Enumerable.Empty<JsonElement>(),
            };
            foreach (var child in children)
            {
                Walk(child, allowed, check);
            }
        }
    }
}
