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
        "not", "if", "prefixItems", "patternProperties", "dependentSchemas", "dependentRequired", "dependencies", "propertyNames", "contains",
        "unevaluatedProperties", "unevaluatedItems", "$dynamicRef",
    ];

    private readonly JsonElement _document;
    private readonly List<SchemaNode> _types = [];
    private readonly List<List<PendingField>?> _fields = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<SchemaKind, int> _scalars = [];
    private readonly HashSet<int> _nullableUnions = [];

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

    private static void Require(string place, string? conflict)
    {
        if (conflict is not null)
        {
            throw Refuse(place, conflict);
        }
    }

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
        var combining = SchemaFacts.Combining(schema);
        if (combining.Count > 1)
        {
            throw Refuse(place, $"\"{combining[1]}\" beside \"{combining[0]}\" has no counterpart; write the combined shape out");
        }

        if (combining.Count == 0)
        {
            return ReadTyped(schema, place, name, depth, layers);
        }

        if (SchemaFacts.OwnShape(schema) is { } shape)
        {
            throw Refuse(place, $"\"{shape}\" beside \"{combining[0]}\" would add to another shape; write the combined shape out");
        }

        var combined = schema.GetProperty(combining[0]);
        if (combining[0] == "$ref")
        {
            var address = combined.ValueKind == JsonValueKind.String ? combined.GetString()! : throw Refuse(place, "\"$ref\" is a text");
            return ReadLayer(Resolve(address, place), address, NameOf(address, name), depth + 1, layers);
        }

        List<JsonElement> schemas = [.. combined.EnumerateArray()];
        return combining[0] != "allOf" ? ReadAlternatives(schemas, $"{place}/{combining[0]}", place, name, depth, layers)
            : schemas.Count == 1 ? ReadLayer(schemas[0], place, name, depth + 1, layers)
            : throw Refuse(place, "\"allOf\" of other than one schema has no counterpart; write the combined shape out");
    }

    private Node ReadAlternatives(List<JsonElement> alternatives, string places, string place, string name, int depth, SchemaLayers layers)
    {
        var rest = alternatives.Select(static (schema, index) => (Schema: schema, Index: index)).Where(static option => !SchemaFacts.IsNull(option.Schema)).ToList();
        var isNullable = rest.Count < alternatives.Count;
        if (rest.Count == 1)
        {
            var node = ReadLayer(rest[0].Schema, place, name, depth + 1, layers);
            return node with { IsNullable = node.IsNullable || isNullable };
        }

        if (rest.Count == 0)
        {
            throw Refuse(place, "it allows nothing but null");
        }

        var union = ReadUnion(rest.Select(option => (option.Schema, $"{places}/{option.Index}")).ToList(), place, name, depth);
        Require(place, layers.ConflictBeside([.. _types[union].Cases.Select(option => _types[option.Type].Kind)], place));
        return new(union, isNullable || layers.IsNullable, layers);
    }

    private int ReadUnion(List<(JsonElement Schema, string Place)> options, string place, string name, int depth)
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

            if (node.IsNullable && kind != SchemaKind.Any)
            {
                _nullableUnions.Add(index);
            }

            cases.Add(new(_types[node.Type].Name is { Length: > 0 } own ? own : DescriptorText.KindName(kind), node.Type));
        }

        _types[index] = new SchemaNode(SchemaKind.Union) { Name = name, Description = null, Cases = cases };
        return index;
    }

    private Node ReadTyped(JsonElement schema, string place, string name, int depth, SchemaLayers layers)
    {
        var (names, allowsNull) = SchemaFacts.TypesOf(schema, place);
        names = layers.Types(names, place) ?? throw Refuse(place, "its types have nothing in common");
        var isNullable = allowsNull || layers.IsNullable;
        if (layers.Values() is { } values)
        {
            isNullable |= values.RemoveAll(static value => value.ValueKind == JsonValueKind.Null) > 0;
            var (type, conflict) = SchemaFacts.TypeOf(values, names);
            Require(place, conflict);
            if (type == "string")
            {
                return new(AddEnum(schema, place, name, layers.Allowed(values)), isNullable, layers);
            }

            names = [type];
        }

        if (names.Count > 1)
        {
            var union = Add(new SchemaNode(SchemaKind.Union));
            var cases = names.Select(type => new SchemaUnionCase(type, ReadShape(schema, type, $"{place}/{type}", name, depth, layers))).ToList();
            _types[union] = new SchemaNode(SchemaKind.Union) { Name = name, Cases = cases };
            Require(place, layers.ConflictOfCounts([SchemaKind.Any]) ?? (layers.HasConstraints(SchemaKind.Union) ? "a constraint on one of several types cannot be checked" : null));
            return new(union, isNullable, layers);
        }

        var index = ReadShape(schema, names.Count == 0 ? "" : names[0], place, name, depth, layers);
        Require(place, layers.Conflict() ?? _types[index].Kind switch
        {
            SchemaKind.Object => layers.ConflictOfCounts(schema),
            SchemaKind.Any => layers.ConflictOfCounts([SchemaKind.Any]),
            _ => null,
        });
        return new(index, isNullable || names.Count == 0, layers);
    }

    private int ReadShape(JsonElement schema, string type, string place, string name, int depth, SchemaLayers layers) => type switch
    {
        "object" => ReadObject(schema, place, name, depth),
        "array" => ReadArray(schema, place, name, depth, layers),
        "integer" => AddInteger(layers),
        "number" => Scalar(SchemaKind.Number),
        "boolean" => Scalar(SchemaKind.Boolean),
        "string" => Scalar(layers.TextKind() ?? throw Refuse(place, "its formats have nothing in common")),
        "" => Scalar(SchemaKind.Any),
        _ => throw Refuse(place, $"\"{type}\" is no type"),
    };

    private int AddEnum(JsonElement schema, string place, string name, List<string> values) => Add(new SchemaNode(SchemaKind.Enum)
    {
        Name = SchemaFacts.Text(schema, "title") ?? name,
        Description = SchemaFacts.Text(schema, "description"),
        EnumValues = values.Count > 0 ? [.. values.Select(static value => new SchemaEnumValue(value))]
            : throw Refuse(place, "none of its enum's values keeps its other rules"),
    });

    private int AddInteger(SchemaLayers layers) =>
        layers.HasFormat("int32") ? Add(new SchemaNode(SchemaKind.Integer) { IntegerMinimum = "-2147483648", IntegerMaximum = "2147483647" })
        : layers.HasFormat("int64") ? Add(new SchemaNode(SchemaKind.Integer) { IntegerMinimum = "-9223372036854775808", IntegerMaximum = "9223372036854775807" })
        : Scalar(SchemaKind.Integer);

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
