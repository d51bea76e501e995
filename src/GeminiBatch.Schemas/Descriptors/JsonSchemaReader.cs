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
        "not", "if", "prefixItems", "patternProperties", "dependentSchemas", "dependentRequired", "dependencies", "contains",
        "unevaluatedProperties", "unevaluatedItems", "$dynamicRef",
    ];

    private static readonly JsonElement s_anything = JsonElement.Parse("{}");

    private readonly JsonElement _document;
    private readonly List<SchemaNode> _types = [];
    private readonly List<List<PendingField>?> _fields = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<SchemaKind, int> _scalars = [];
    private readonly HashSet<int> _nullableUnions = [];
    private readonly List<(string Place, int Union, SchemaLayers Layers)> _choices = [];
    private readonly Dictionary<int, List<SchemaLayers>> _optionRules = [];
    private readonly Dictionary<int, Node> _items = [];

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

        schema = Layer(schema, place, layers);
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
        return combining[0] == "allOf" ? ReadAll(schemas, place, name, depth, layers) : ReadAlternatives(schemas, $"{place}/{combining[0]}", place, name, depth, layers);
    }

    /// <summary>Adds what one schema says, of which nothing is true.</summary>
    private static JsonElement Layer(JsonElement schema, string place, SchemaLayers layers)
    {
        schema = schema.ValueKind == JsonValueKind.True ? s_anything : schema;
        if (schema.ValueKind != JsonValueKind.Object)
        {
            throw Refuse(place, "a schema is an object");
        }

        foreach (var keyword in s_refused.Where(keyword => schema.TryGetProperty(keyword, out _)))
        {
            throw Refuse(place, $"\"{keyword}\" has no counterpart; write the combined shape out");
        }

        layers.Add(schema);
        return schema;
    }

    /// <summary>Of several schemas for one value, one may lead on to a shape; the others add to it.</summary>
    private Node ReadAll(List<JsonElement> schemas, string place, string name, int depth, SchemaLayers layers)
    {
        var leading = schemas.FindIndex(SchemaFacts.LeadsOn);
        if (schemas.Count == 0 || schemas.FindLastIndex(SchemaFacts.LeadsOn) != leading)
        {
            throw Refuse(place, "\"allOf\" of no schema, or of several shapes, has no counterpart; write the combined shape out");
        }

        leading = leading < 0 ? schemas.Count - 1 : leading;
        for (var i = 0; i < schemas.Count; i++)
        {
            if (i != leading)
            {
                Layer(schemas[i], $"{place}/allOf/{i}", layers);
            }
        }

        return ReadLayer(schemas[leading], $"{place}/allOf/{leading}", name, depth + 1, layers);
    }

    private Node ReadAlternatives(List<JsonElement> alternatives, string places, string place, string name, int depth, SchemaLayers layers)
    {
        var rest = alternatives.Select(static (schema, index) => (Schema: schema, Index: index)).Where(static option => !SchemaFacts.IsNull(option.Schema)).ToList();
        var isNullable = rest.Count < alternatives.Count;
        if (rest.Count == 1)
        {
            var node = ReadLayer(rest[0].Schema, $"{places}/{rest[0].Index}", name, depth + 1, layers);
            return node with { IsNullable = node.IsNullable || isNullable };
        }

        if (rest.Count == 0)
        {
            throw Refuse(place, "it allows nothing but null");
        }

        var union = ReadUnion(rest.Select(option => (option.Schema, $"{places}/{option.Index}")).ToList(), place, name, depth);
        _choices.Add((place, union, layers));
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
        List<Node> nodes = [.. options.Select((option, number) => ReadNode(option.Schema, option.Place, $"{name}{number + 1}", depth + 1))];
        List<SchemaKind> kinds = [.. nodes.Select(node => _types[node.Type].Kind)];
        _optionRules.Add(index, []);
        for (var i = 0; i < nodes.Count; i++)
        {
            if (kinds[i] == SchemaKind.Union)
            {
                throw Refuse(options[i].Place, "a choice inside a choice has no counterpart; write its shapes side by side");
            }

            if (nodes[i].Layers.HasConstraints(kinds[i]))
            {
                Require(options[i].Place, nodes[i].Layers.ConflictInside(kinds, i));
                _optionRules[index].Add(nodes[i].Layers);
            }

            if (nodes[i].IsNullable && kinds[i] != SchemaKind.Any)
            {
                _nullableUnions.Add(index);
            }
        }

        var cases = nodes.Select((node, i) => new SchemaUnionCase(_types[node.Type].Name is { Length: > 0 } own ? own : DescriptorText.KindName(kinds[i]), node.Type));
        _types[index] = new SchemaNode(SchemaKind.Union) { Name = name, Description = null, Cases = [.. cases] };
        return index;
    }

    private Node ReadTyped(JsonElement schema, string place, string name, int depth, SchemaLayers layers)
    {
        var (names, allowsNull) = SchemaFacts.TypesOf(schema, place);
        names = layers.Types(names, place) ?? throw Refuse(place, "its types have nothing in common");
        var isNullable = allowsNull || layers.IsNullable || (!schema.TryGetProperty("type", out _) && layers.TypesHaveNull(place));
        if (layers.Values() is { } values)
        {
            isNullable |= values.RemoveAll(static value => value.ValueKind == JsonValueKind.Null) > 0;
            var (type, conflict) = SchemaFacts.TypeOf(values, names);
            Require(place, conflict ?? layers.Conflict());
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
            Require(place, layers.ConflictOfCounts([.. cases.Select(option => _types[option.Type].Kind)]) ?? layers.Conflict());
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
