using System.Text.Json;

namespace GeminiBatch;

/// <summary>
/// Reads a JSON Schema, or the OpenAPI subset that Gemini calls responseSchema, into a descriptor. What a descriptor cannot say is refused
/// by its place, so that no part of a schema is lost in silence.
/// </summary>
internal sealed partial class JsonSchemaReader
{
    private const int DeepestNesting = 64;

    private static readonly string[] s_refused =
    [
        "allOf", "not", "if", "prefixItems", "patternProperties", "dependentSchemas", "dependentRequired", "dependencies", "propertyNames", "contains",
        "unevaluatedProperties", "unevaluatedItems", "$dynamicRef",
    ];

    private readonly JsonElement _document;
    private readonly List<SchemaNode> _types = [];
    private readonly List<List<PendingField>?> _fields = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<SchemaKind, int> _scalars = [];

    private JsonSchemaReader(JsonElement document) => _document = document;

    public static SchemaDescriptor Read(string name, ReadOnlySpan<byte> jsonSchemaUtf8)
    {
        try
        {
            var json = new Utf8JsonReader(jsonSchemaUtf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            using var document = JsonDocument.ParseValue(ref json);
            var reader = new JsonSchemaReader(document.RootElement);
            var root = reader.ReadNode(document.RootElement, "#", name, 0);
            return reader.Finish(name, root);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException($"This is no JSON Schema: {exception.Message}", exception);
        }
    }

    private static FormatException Refuse(string place, string reason) => new($"The schema at {place} cannot be used: {reason}.");

    private Node ReadNode(JsonElement schema, string place, string name, int depth)
    {
        var layers = new SchemaLayers();
        return ReadLayer(schema, place, name, depth, layers);
    }

    private Node ReadLayer(JsonElement schema, string place, string name, int depth, SchemaLayers layers)
    {
        if (depth > DeepestNesting)
        {
            throw Refuse(place, $"it is nested deeper than {DeepestNesting} levels");
        }

        if (schema.ValueKind == JsonValueKind.True)
        {
            return new(Scalar(SchemaKind.Any), IsNullable: true, layers);
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            throw Refuse(place, "a schema is an object");
        }

        foreach (var keyword in s_refused.Where(keyword => schema.TryGetProperty(keyword, out _)))
        {
            throw Refuse(place, $"\"{keyword}\" has no counterpart; write the combined shape out");
        }

        layers.Add(schema);
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var address = reference.ValueKind == JsonValueKind.String ? reference.GetString()! : throw Refuse(place, "\"$ref\" is a text");
            return ReadLayer(Resolve(address, place), address, NameOf(address, name), depth + 1, layers);
        }

        return SchemaFacts.Alternatives(schema) is { } alternatives
            ? ReadAlternatives(alternatives, place, name, depth, layers)
            : ReadTyped(schema, place, name, depth, layers);
    }

    private Node ReadAlternatives(List<JsonElement> alternatives, string place, string name, int depth, SchemaLayers layers)
    {
        var rest = alternatives.Select(static (schema, index) => (Schema: schema, Index: index)).Where(static option => !SchemaFacts.IsNull(option.Schema)).ToList();
        var isNullable = rest.Count < alternatives.Count;
        if (rest.Count == 1)
        {
            var node = ReadLayer(rest[0].Schema, place, name, depth + 1, layers);
            return node with { IsNullable = node.IsNullable || isNullable };
        }

        return rest.Count == 0
            ? throw Refuse(place, "it allows nothing but null")
            : new(ReadUnion(rest.Select(option => (option.Schema, $"{place}/anyOf/{option.Index}")).ToList(), place, name, depth, ref isNullable), isNullable, layers);
    }

    private int ReadUnion(List<(JsonElement Schema, string Place)> options, string place, string name, int depth, ref bool isNullable)
    {
        if (_places.TryGetValue(place, out var known))
        {
            return known;
        }

        var index = Add(new SchemaNode(SchemaKind.Union));
        _places.Add(place, index);
        var cases = new List<SchemaUnionCase>();
        foreach (var (schema, optionPlace) in options)
        {
            var node = ReadNode(schema, optionPlace, $"{name}{cases.Count + 1}", depth + 1);
            var kind = _types[node.Type].Kind;
            if (kind == SchemaKind.Union || node.Layers.HasConstraints(kind))
            {
                throw Refuse(optionPlace, kind == SchemaKind.Union ? "a choice inside a choice has no counterpart; write its shapes side by side" : "a constraint on one of several shapes cannot be checked");
            }

            isNullable |= node.IsNullable && kind != SchemaKind.Any;
            cases.Add(new(_types[node.Type].Name is { Length: > 0 } own ? own : DescriptorText.KindName(kind), node.Type));
        }

        _types[index] = new SchemaNode(SchemaKind.Union) { Name = name, Description = null, Cases = cases };
        return index;
    }

    private Node ReadTyped(JsonElement schema, string place, string name, int depth, SchemaLayers layers)
    {
        var (names, isNullable) = SchemaFacts.TypesOf(schema, place);
        var values = SchemaFacts.EnumOf(schema);
        isNullable |= values?.Any(static value => value.ValueKind == JsonValueKind.Null) == true;
        if (values?.Any(static value => value.ValueKind == JsonValueKind.String) == true)
        {
            return new(AddEnum(schema, place, name, values), isNullable, layers);
        }

        if (names.Count > 1)
        {
            var index = Add(new SchemaNode(SchemaKind.Union));
            var cases = names.Select(type => new SchemaUnionCase(type, ReadShape(schema, type, $"{place}/{type}", name, depth))).ToList();
            _types[index] = new SchemaNode(SchemaKind.Union) { Name = name, Cases = cases };
            return layers.HasConstraints(SchemaKind.Union) ? throw Refuse(place, "a constraint on one of several types cannot be checked") : new(index, isNullable, layers);
        }

        var only = names.Count == 0 ? TypeOfValues(values, place) : names[0];
        return new(ReadShape(schema, only, place, name, depth), isNullable || only.Length == 0, layers);
    }

    /// <summary>The type of an enum of numbers or booleans that does not name one; empty for any value.</summary>
    private static string TypeOfValues(List<JsonElement>? values, string place)
    {
        var kinds = values?.Where(static value => value.ValueKind != JsonValueKind.Null)
            .Select(static value => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? "boolean" : value.ValueKind == JsonValueKind.Number ? "number" : "").Distinct().ToList();
        return kinds switch
        {
            null => "",
            [{ Length: > 0 } kind] => kind,
            _ => throw Refuse(place, "an enum holds texts, or numbers, or booleans"),
        };
    }

    private int ReadShape(JsonElement schema, string type, string place, string name, int depth) => type switch
    {
        "object" => ReadObject(schema, place, name, depth),
        "array" => ReadArray(schema, place, name, depth),
        "integer" => AddInteger(schema),
        "number" => Scalar(SchemaKind.Number),
        "boolean" => Scalar(SchemaKind.Boolean),
        "string" => Scalar(SchemaFacts.KindOfFormat(schema)),
        "" => Scalar(SchemaKind.Any),
        _ => throw Refuse(place, $"\"{type}\" is no type"),
    };

    private int AddEnum(JsonElement schema, string place, string name, List<JsonElement> values)
    {
        var names = values.Where(static value => value.ValueKind != JsonValueKind.Null).ToList();
        if (names.Any(static value => value.ValueKind != JsonValueKind.String))
        {
            throw Refuse(place, "an enum holds texts, or numbers, or booleans");
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
        _fields.Add(null);
        return _types.Count - 1;
    }

    private readonly record struct Node(int Type, bool IsNullable, SchemaLayers Layers);

    private readonly record struct PendingField(string Name, Node Node, bool IsRequired);
}
