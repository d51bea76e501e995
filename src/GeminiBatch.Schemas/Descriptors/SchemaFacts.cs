using System.Globalization;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Single keywords of a JSON Schema, in the spellings of JSON Schema and of Gemini's OpenAPI subset.</summary>
internal static class SchemaFacts
{
    public static string? Text(JsonElement schema, string keyword) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A count, which the OpenAPI subset writes as text because it has 64 bits.</summary>
    public static int? Count(JsonElement schema, string keyword)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty(keyword, out var value))
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var count) ? (int)Math.Clamp(count, 0, int.MaxValue) : null;
    }

    public static (string? Bound, bool IsExclusive) Bound(JsonElement schema, string inclusive, string exclusive)
    {
        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(exclusive, out var value) && value.ValueKind == JsonValueKind.Number)
        {
            return (value.GetRawText(), true);
        }

        return schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(inclusive, out value) && value.ValueKind == JsonValueKind.Number
            ? (value.GetRawText(), false)
            : (null, false);
    }

    public static List<JsonElement>? Alternatives(JsonElement schema) =>
        schema.TryGetProperty("anyOf", out var alternatives) || schema.TryGetProperty("oneOf", out alternatives) ? [.. alternatives.EnumerateArray()] : null;

    public static bool IsNull(JsonElement schema) => string.Equals(Text(schema, "type"), "null", StringComparison.OrdinalIgnoreCase);

    /// <summary>The one type of a schema beside null; empty for any; null where there are several.</summary>
    public static (string Name, bool IsNullable)? TypeOf(JsonElement schema)
    {
        var isNullable = schema.TryGetProperty("nullable", out var flag) && flag.ValueKind == JsonValueKind.True;
        if (!schema.TryGetProperty("type", out var type))
        {
            return (schema.TryGetProperty("properties", out _) ? "object" : schema.TryGetProperty("items", out _) ? "array" : "", isNullable);
        }

        var names = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(static item => item.GetString()!)] : new[] { type.GetString()! };
        var rest = names.Where(static name => !string.Equals(name, "null", StringComparison.OrdinalIgnoreCase)).ToList();
        return rest.Count == 1 ? (rest[0].ToLowerInvariant(), isNullable || rest.Count < names.Length) : null;
    }

    public static List<JsonElement>? EnumOf(JsonElement schema) =>
        schema.TryGetProperty("enum", out var values) ? [.. values.EnumerateArray()]
        : schema.TryGetProperty("const", out var value) ? [value]
        : null;

    public static SchemaKind KindOfFormat(JsonElement schema) => Text(schema, "format") switch
    {
        "date" => SchemaKind.Date,
        "time" => SchemaKind.Time,
        "date-time" => SchemaKind.DateTime,
        "duration" => SchemaKind.Duration,
        "uuid" => SchemaKind.Guid,
        "uri" or "uri-reference" => SchemaKind.Uri,
        _ => SchemaKind.String,
    };

    /// <summary>The properties in the order in which they are asked for.</summary>
    public static IEnumerable<JsonProperty> Ordered(JsonElement schema, JsonElement properties)
    {
        var all = properties.EnumerateObject().ToList();
        if (!schema.TryGetProperty("propertyOrdering", out var ordering) || ordering.ValueKind != JsonValueKind.Array)
        {
            return all;
        }

        var names = ordering.EnumerateArray().Select(static name => name.GetString()).ToList();
        return all.OrderBy(property => names.IndexOf(property.Name) is >= 0 and var index ? index : int.MaxValue);
    }
}
