using System.Text.Json;

namespace GeminiBatch;

/// <summary>
/// Reads a JSON Schema, or the OpenAPI subset that Gemini calls responseSchema, into a descriptor. What a descriptor cannot say is refused
/// by its place, so that no part of a schema is lost in silence.
/// </summary>
internal sealed class JsonSchemaReader
{
    private const int DeepestNesting = 64;
    private static readonly string[] s_refused = ["allOf", "not", "if", "prefixItems", "patternProperties", "dependentSchemas", "$dynamicRef"];

    private readonly JsonElement _document;
    private readonly List<SchemaNode> _types = [];
    private readonly Dictionary<string, int> _objects = new(StringComparer.Ordinal);
    private readonly Dictionary<SchemaKind, int> _scalars = [];
    private readonly HashSet<int> _open = [];

    private JsonSchemaReader(JsonElement document) => _document = document;

    public static SchemaDescriptor Read(string name, ReadOnlySpan<byte> jsonSchemaUtf8)
    {
        try
        {
            var json = new Utf8JsonReader(jsonSchemaUtf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            using var document = JsonDocument.ParseValue(ref json);
            var reader = new JsonSchemaReader(document.RootElement);
            var root = reader.ReadNode(document.RootElement, "#", name, 0);
            return reader._types[root.Type].Kind == SchemaKind.Object
                ? new SchemaDescriptor(name, reader._types)
                : throw Refuse("#", "the root must be an object with properties");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException($"This is no JSON Schema: {exception.Message}", exception);
        }
    }

    private static FormatException Refuse(string place, string reason) => new($"The schema at {place} cannot be used: {reason}.");

    private Node ReadNode(JsonElement schema, string place, string name, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw Refuse(place, $"it is nested deeper than {DeepestNesting} levels");
        }

        if (schema.ValueKind == JsonValueKind.True)
        {
            return new(Scalar(SchemaKind.Any), IsNullable: true);
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            throw Refuse(place, "a schema is an object");
        }

        foreach (var keyword in s_refused.Where(keyword => schema.TryGetProperty(keyword, out _)))
        {
            throw Refuse(place, $"\"{keyword}\" has no counterpart; write the combined shape out");
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            var target = Resolve(reference.GetString()!, place);
            return ReadNode(target, reference.GetString()!, NameOf(reference.GetString()!, name), depth + 1);
        }

        return SchemaFacts.Alternatives(schema) is { } alternatives
            ? ReadAlternatives(alternatives, place, name, depth)
            : ReadTyped(schema, place, name, depth);
    }

    private Node ReadAlternatives(List<JsonElement> alternatives, string place, string name, int depth)
    {
        var rest = alternatives.Where(static alternative => !SchemaFacts.IsNull(alternative)).ToList();
        if (rest.Count != 1)
        {
            throw Refuse(place, "a choice between several shapes is not supported yet; only one shape or null is");
        }

        var node = ReadNode(rest[0], place, name, depth + 1);
        return node with { IsNullable = node.IsNullable || rest.Count < alternatives.Count };
    }

    private Node ReadTyped(JsonElement schema, string place, string name, int depth)
    {
        var (typeName, isNullable) = SchemaFacts.TypeOf(schema) ?? throw Refuse(place, "a choice between several types is not supported yet; only one type or null is");
        if (SchemaFacts.EnumOf(schema) is { } values)
        {
            return new(AddEnum(schema, place, name, values), isNullable || values.Any(static value => value.ValueKind == JsonValueKind.Null));
        }

        var type = typeName switch
        {
            "object" => ReadObject(schema, place, name, depth),
            "array" => ReadArray(schema, place, name, depth),
            "integer" => AddInteger(schema),
            "number" => Scalar(SchemaKind.Number),
            "boolean" => Scalar(SchemaKind.Boolean),
            "string" => Scalar(SchemaFacts.KindOfFormat(schema)),
            "" => Scalar(SchemaKind.Any),
            _ => throw Refuse(place, $"\"{typeName}\" is no type"),
        };
        return new(type, isNullable || typeName.Length == 0);
    }

    private int ReadObject(JsonElement schema, string place, string name, int depth)
    {
        if (!schema.TryGetProperty("properties", out var properties))
        {
            return ReadMap(schema, place, name, depth);
        }

        if (_objects.TryGetValue(place, out var known))
        {
            return known;
        }

        var index = Add(new SchemaNode(SchemaKind.Object));
        _objects.Add(place, index);
        _open.Add(index);
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(static item => item.GetString()).ToHashSet(StringComparer.Ordinal) : [];
        var fields = SchemaFacts.Ordered(schema, properties)
            .Select(property => ReadField(property, $"{place}/properties/{property.Name}", required.Contains(property.Name), depth)).ToList();
        _open.Remove(index);
        _types[index] = new SchemaNode(SchemaKind.Object)
        {
            Name = SchemaFacts.Text(schema, "title") ?? name,
            Description = SchemaFacts.Text(schema, "description"),
            Fields = fields,
        };
        return index;
    }

    private SchemaField ReadField(JsonProperty property, string place, bool isRequired, int depth)
    {
        var schema = property.Value;
        var node = ReadNode(schema, place, property.Name, depth + 1);
        var isRecursive = LeadsBack(node.Type);
        var isLength = _types[node.Type].Kind is SchemaKind.Array or SchemaKind.Map;
        var (minimum, minimumIsExclusive) = SchemaFacts.Bound(schema, "minimum", "exclusiveMinimum");
        var (maximum, maximumIsExclusive) = SchemaFacts.Bound(schema, "maximum", "exclusiveMaximum");
        return new SchemaField(property.Name, node.Type)
        {
            Nullable = node.IsNullable,
            Presence = isRequired && !isRecursive ? SchemaPresence.Required : SchemaPresence.Optional,
            Recursive = isRecursive,
            Description = SchemaFacts.Text(schema, "description"),
            DefaultJson = schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("default", out var value) ? value.GetRawText() : null,
            Minimum = minimum,
            MinimumIsExclusive = minimumIsExclusive,
            Maximum = maximum,
            MaximumIsExclusive = maximumIsExclusive,
            MinLength = SchemaFacts.Count(schema, isLength ? "minItems" : "minLength"),
            MaxLength = SchemaFacts.Count(schema, isLength ? "maxItems" : "maxLength"),
            Pattern = SchemaFacts.Text(schema, "pattern"),
        };
    }

    private int ReadMap(JsonElement schema, string place, string name, int depth)
    {
        var values = schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind == JsonValueKind.Object
            ? ReadNode(additional, $"{place}/additionalProperties", name, depth + 1)
            : new(Scalar(SchemaKind.Any), IsNullable: true);
        return Add(new SchemaNode(SchemaKind.Map) { KeyType = Scalar(SchemaKind.String), ItemType = values.Type, ItemNullable = values.IsNullable });
    }

    private int ReadArray(JsonElement schema, string place, string name, int depth)
    {
        var items = schema.TryGetProperty("items", out var item)
            ? ReadNode(item, $"{place}/items", name, depth + 1)
            : new(Scalar(SchemaKind.Any), IsNullable: true);
        return Add(new SchemaNode(SchemaKind.Array)
        {
            ItemType = items.Type,
            ItemNullable = items.IsNullable,
            UniqueItems = schema.TryGetProperty("uniqueItems", out var unique) && unique.ValueKind == JsonValueKind.True,
        });
    }

    private int AddEnum(JsonElement schema, string place, string name, List<JsonElement> values)
    {
        var names = values.Where(static value => value.ValueKind != JsonValueKind.Null).ToList();
        if (names.Count == 0 || names.Any(static value => value.ValueKind != JsonValueKind.String))
        {
            throw Refuse(place, "an enum holds texts");
        }

        return Add(new SchemaNode(SchemaKind.Enum)
        {
            Name = SchemaFacts.Text(schema, "title") ?? name,
            Description = SchemaFacts.Text(schema, "description"),
            EnumValues = [.. names.Select(static value => new SchemaEnumValue(value.GetString()!))],
        });
    }

    private int AddInteger(JsonElement schema) => SchemaFacts.Text(schema, "format") switch
    {
        "int32" => Add(new SchemaNode(SchemaKind.Integer) { IntegerMinimum = "-2147483648", IntegerMaximum = "2147483647" }),
        "int64" => Add(new SchemaNode(SchemaKind.Integer) { IntegerMinimum = "-9223372036854775808", IntegerMaximum = "9223372036854775807" }),
        _ => Scalar(SchemaKind.Integer),
    };

    private int Scalar(SchemaKind kind)
    {
        if (!_scalars.TryGetValue(kind, out var index))
        {
            index = Add(new SchemaNode(kind));
            _scalars.Add(kind, index);
        }

        return index;
    }

    private int Add(SchemaNode type)
    {
        _types.Add(type);
        return _types.Count - 1;
    }

    private bool LeadsBack(int type)
    {
        while (_types[type].ItemType >= 0)
        {
            type = _types[type].ItemType;
        }

        return _open.Contains(type);
    }

    private JsonElement Resolve(string reference, string place)
    {
        if (!reference.StartsWith('#'))
        {
            throw Refuse(place, $"\"$ref\" to {reference} leads out of the document");
        }

        var target = _document;
        foreach (var step in reference.Split('/').Skip(1))
        {
            var name = Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (target.ValueKind != JsonValueKind.Object || !target.TryGetProperty(name, out target))
            {
                throw Refuse(place, $"\"$ref\" to {reference} finds nothing");
            }
        }

        return target;
    }

    private static string NameOf(string reference, string name) => reference.Contains('/', StringComparison.Ordinal) ? reference[(reference.LastIndexOf('/') + 1)..] : name;

    private readonly record struct Node(int Type, bool IsNullable);
}
