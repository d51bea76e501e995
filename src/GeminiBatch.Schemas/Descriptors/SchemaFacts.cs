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

    public static string? Number(JsonElement schema, string keyword) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetRawText() : null;

    public static double ToDouble(string number) => double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);

    public static List<JsonElement>? Alternatives(JsonElement schema) =>
        schema.TryGetProperty("anyOf", out var alternatives) || schema.TryGetProperty("oneOf", out alternatives) ? [.. alternatives.EnumerateArray()] : null;

    public static bool IsNull(JsonElement schema) => string.Equals(Text(schema, "type"), "null", StringComparison.OrdinalIgnoreCase);

    /// <summary>The types of a schema beside null; none where it names none.</summary>
    /// <exception cref="FormatException">A type is no text, or null is the only one.</exception>
    public static (List<string> Names, bool IsNullable) TypesOf(JsonElement schema, string place)
    {
        var isNullable = schema.TryGetProperty("nullable", out var flag) && flag.ValueKind == JsonValueKind.True;
        if (!schema.TryGetProperty("type", out var type))
        {
            return (schema.TryGetProperty("properties", out _) ? ["object"] : schema.TryGetProperty("items", out _) ? ["array"] : [], isNullable);
        }

        JsonElement[] items = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray()] : [type];
        var names = items.Select(static item => item.ValueKind == JsonValueKind.String ? item.GetString()!.ToLowerInvariant() : null).ToList();
        var rest = names.Where(static name => name != "null").OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return names.Contains(null) || rest.Count == 0
            ? throw new FormatException($"The schema at {place} cannot be used: \"type\" names a type other than null.")
            : (rest, isNullable || names.Contains("null"));
    }

    public static List<JsonElement>? EnumOf(JsonElement schema) => schema.ValueKind != JsonValueKind.Object ? null
        : schema.TryGetProperty("enum", out var values) ? [.. values.EnumerateArray()]
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
