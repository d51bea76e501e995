using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Reads responseSchema (upper-case types, nullable) and responseJsonSchema ($ref, type lists, anyOf with null) alike (protocol: 7).</summary>
internal sealed class AnswerSchemaReader
{
    private const int MaxDepth = 8;

    private readonly JsonNode root;

    private AnswerSchemaReader(JsonNode root) => this.root = root;

    public static AnswerSchema Read(JsonNode schema) => new AnswerSchemaReader(schema).Read(schema, 0, null);

    private AnswerSchema Read(JsonNode? node, int depth, string? description)
    {
        if (node is not JsonObject schema || depth > MaxDepth)
        {
            return new AnswerSchema();
        }

        description = schema.FindText("description") ?? description;
        if (schema.FindText("$ref") is { } reference)
        {
            return Read(Resolve(reference), depth + 1, description);
        }

        var isNullable = schema.Find("nullable") is JsonValue flag && flag.TryGetValue(out bool nullable) && nullable;
        var options = (schema.Find("anyOf") ?? schema.Find("oneOf")).Items().ToList();
        if (options.Count > 0 && schema.Find("type") is null)
        {
            var present = options.Where(option => !IsNull(option)).ToList();
            var chosen = Read(present.Count > 0 ? present[0] : null, depth + 1, description);
            return With(chosen, isNullable || present.Count < options.Count);
        }

        var types = schema.Find("type") is JsonArray list ? [.. list.Select(type => type.AsText()?.ToLowerInvariant() ?? "")] : new[] { schema.FindText("type")?.ToLowerInvariant() ?? "" };
        var type = types.FirstOrDefault(candidate => candidate is not ("null" or "")) ?? Guess(schema);
        return new AnswerSchema
        {
            Type = type,
            Format = schema.FindText("format"),
            Description = description,
            Nullable = isNullable || types.Contains("null"),
            Values = [.. schema.Find("enum").Items().Select(value => value.AsText() ?? value.ToJsonString())],
            Required = schema.Find("required").Items().Select(name => name.AsText() ?? "").ToHashSet(StringComparer.Ordinal),
            Items = type == "array" ? Read(schema.Find("items"), depth + 1, null) : null,
            Properties = type == "object" ? ReadProperties(schema, depth) : [],
        };
    }

    private List<(string, AnswerSchema)> ReadProperties(JsonObject schema, int depth)
    {
        var properties = schema.Find("properties") as JsonObject ?? [];
        var order = schema.Find("propertyOrdering").Items().Select(name => name.AsText() ?? "").Where(properties.ContainsKey).ToList();
        return [.. order.Concat(properties.Select(property => property.Key)).Distinct(StringComparer.Ordinal).Select(name => (name, Read(properties[name], depth + 1, null)))];
    }

    private static string Guess(JsonObject schema) =>
        schema.Find("properties") is not null ? "object" : schema.Find("items") is not null ? "array" : schema.Find("enum") is not null ? "string" : "any";

    private static bool IsNull(JsonNode option) => string.Equals(option.FindText("type"), "null", StringComparison.OrdinalIgnoreCase);

    private static AnswerSchema With(AnswerSchema schema, bool nullable) => !nullable || schema.Nullable ? schema : new AnswerSchema
    {
        Type = schema.Type,
        Format = schema.Format,
        Description = schema.Description,
        Nullable = true,
        Properties = schema.Properties,
        Required = schema.Required,
        Items = schema.Items,
        Values = schema.Values,
    };

    private JsonNode? Resolve(string reference)
    {
        JsonNode? node = root;
        foreach (var step in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            node = node is JsonObject members && members.TryGetPropertyValue(step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal), out var next) ? next : null;
        }

        return node;
    }
}
