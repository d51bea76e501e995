using System.Globalization;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Single keywords of a JSON Schema, in the spellings of JSON Schema and of Gemini's OpenAPI subset.</summary>
internal static class SchemaFacts
{
    private static readonly string[] s_combining = ["$ref", "anyOf", "oneOf", "allOf"];

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

    /// <summary>The bounds that one schema names: draft 4 and OpenAPI mark the inclusive keyword as exclusive, later drafts have a number of its own.</summary>
    public static IEnumerable<(string Bound, bool IsExclusive)> Bounds(JsonElement schema, string inclusive, string exclusive)
    {
        if (Number(schema, inclusive) is { } bound)
        {
            yield return (bound, HasFlag(schema, exclusive));
        }

        if (Number(schema, exclusive) is { } excluded)
        {
            yield return (excluded, true);
        }
    }

    public static bool HasFlag(JsonElement schema, string keyword) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.True;

    public static string? Number(JsonElement schema, string keyword) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetRawText() : null;

    public static double ToDouble(string number) => double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>The keywords that lead on to other schemas for the same value.</summary>
    public static List<string> Combining(JsonElement schema) => [.. s_combining.Where(keyword => schema.TryGetProperty(keyword, out _))];

    /// <summary>The keyword by which a schema describes members or items itself; null where it does not.</summary>
    public static string? OwnShape(JsonElement schema) =>
        schema.TryGetProperty("properties", out _) ? "properties"
        : schema.TryGetProperty("items", out _) ? "items"
        : schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object && !SaysNothing(others) ? "additionalProperties"
        : Required(schema).Count > 0 ? "required"
        : KeysOf(schema) is not null ? "propertyNames"
        : null;

    /// <summary>Whether a schema has a shape of its own or refers to one.</summary>
    public static bool LeadsOn(JsonElement schema) => schema.ValueKind == JsonValueKind.Object && (Combining(schema).Count > 0 || OwnShape(schema) is not null);

    /// <summary>Whether a schema allows any value and describes none.</summary>
    public static bool SaysNothing(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.True || (schema.ValueKind == JsonValueKind.Object && schema.GetPropertyCount() == 0);

    /// <summary>What a schema says of the names of members; null where any text can be one.</summary>
    public static JsonElement? KeysOf(JsonElement schema) =>
        !schema.TryGetProperty("propertyNames", out var names) || SaysNothing(names)
        || (names.ValueKind == JsonValueKind.Object && names.GetPropertyCount() == 1 && Text(names, "type") is { } type && string.Equals(type, "string", StringComparison.OrdinalIgnoreCase))
            ? null : names;

    /// <summary>Whether a schema allows null alone.</summary>
    public static bool IsNull(JsonElement schema) => string.Equals(Text(schema, "type"), "null", StringComparison.OrdinalIgnoreCase)
        || Enums(schema).Any(static values => values.Count > 0 && values.TrueForAll(static value => value.ValueKind == JsonValueKind.Null));

    /// <summary>The types of a schema beside null; none where it names none.</summary>
    /// <exception cref="FormatException">A type is no text, or null is the only one.</exception>
    public static (List<string> Names, bool IsNullable) TypesOf(JsonElement schema, string place)
    {
        var isNullable = schema.TryGetProperty("nullable", out var flag) && flag.ValueKind == JsonValueKind.True;
        if (!schema.TryGetProperty("type", out var type))
        {
            return (OwnShape(schema) switch
            {
                "items" => ["array"],
                null when !schema.TryGetProperty("additionalProperties", out var others) || others.ValueKind != JsonValueKind.False => [],
                _ => ["object"],
            }, isNullable);
        }

        JsonElement[] items = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray()] : [type];
        var names = items.Select(static item => item.ValueKind == JsonValueKind.String ? item.GetString()!.ToLowerInvariant() : null).ToList();
        var rest = names.Where(static name => name != "null").OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return names.Contains(null) || rest.Count == 0
            ? throw new FormatException($"The schema at {place} cannot be used: \"type\" names a type other than null.")
            : (rest, isNullable || names.Contains("null"));
    }

    /// <summary>The lists of values that a value must be one of.</summary>
    public static IEnumerable<List<JsonElement>> Enums(JsonElement schema)
    {
        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("enum", out var values))
        {
            yield return [.. values.EnumerateArray()];
        }

        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("const", out var value))
        {
            yield return [value];
        }
    }

    /// <summary>The one type of an enum's values, or why there is none.</summary>
    public static (string Type, string? Conflict) TypeOf(List<JsonElement> values, List<string> types)
    {
        if (values.Count == 0)
        {
            return ("", "its enum leaves no value but null");
        }

        var kinds = values.Select(static value => value.ValueKind switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.Number => "number",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            _ => "",
        }).Distinct().ToList();
        if (kinds is not [{ Length: > 0 } kind])
        {
            return ("", "an enum holds texts, or numbers, or booleans");
        }

        // The OpenAPI subset has an enum of numbers in texts.
        var isNumeric = kind == "number" || (!types.Contains("string") && values.TrueForAll(static value => IsNumber(value.GetString())));
        var type = isNumeric && types.Find(static name => name is "number") is null && types.Contains("integer") ? "integer"
            : isNumeric && types.Contains("number") ? "number"
            : kind;
        return types.Count == 0 || types.Contains(type) ? (type, null)
            : ("", $"its enum holds {(kind == "string" ? "text" : kind)}s, but its type is {string.Join(" or ", types)}; write values of that type");
    }

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

    public static HashSet<string> Required(JsonElement schema) => schema.TryGetProperty("required", out var names)
        ? names.EnumerateArray().Select(static item => item.GetString()!).ToHashSet(StringComparer.Ordinal) : [];

    /// <summary>The properties in the order in which they are asked for.</summary>
    public static List<JsonProperty> Properties(JsonElement schema)
    {
        List<JsonProperty> all = schema.TryGetProperty("properties", out var properties) ? [.. properties.EnumerateObject()] : [];
        if (!schema.TryGetProperty("propertyOrdering", out var ordering) || ordering.ValueKind != JsonValueKind.Array)
        {
            return all;
        }

        var names = ordering.EnumerateArray().Select(static name => name.GetString()).ToList();
        return [.. all.OrderBy(property => names.IndexOf(property.Name) is >= 0 and var index ? index : int.MaxValue)];
    }

    /// <summary>Whether a text is a number as JSON writes it.</summary>
    private static bool IsNumber(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number.ToString(CultureInfo.InvariantCulture) == text;
}
