using System.Text.Json;

namespace GeminiBatch;

internal sealed partial class JsonSchemaReader
{
    private int ReadObject(JsonElement schema, string place, string name, int depth)
    {
        var hasOthers = schema.TryGetProperty("additionalProperties", out var additional);
        if (!schema.TryGetProperty("properties", out _) && !(hasOthers && additional.ValueKind == JsonValueKind.False))
        {
            return ReadMap(schema, place, name, depth);
        }

        if (_places.TryGetValue(place, out var known))
        {
            return known;
        }

        if (hasOthers && additional.ValueKind == JsonValueKind.Object)
        {
            throw Refuse($"{place}/additionalProperties", "an object has either known properties or any; put the others into a member of their own");
        }

        var index = Add(new SchemaNode(SchemaKind.Object)
        {
            Name = SchemaFacts.Text(schema, "title") ?? name,
            Description = SchemaFacts.Text(schema, "description"),
        });
        _places.Add(place, index);
        var properties = SchemaFacts.Properties(schema);
        var required = SchemaFacts.Required(schema);
        if (required.Except(properties.Select(static property => property.Name), StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw Refuse(place, $"\"required\" names \"{unknown}\", which is none of its properties");
        }

        _fields[index] =
        [
            .. properties.Select(property =>
                new PendingField(property.Name, ReadNode(property.Value, $"{place}/properties/{property.Name}", property.Name, depth + 1), required.Contains(property.Name))),
        ];
        return index;
    }

    private int ReadMap(JsonElement schema, string place, string name, int depth)
    {
        if (SchemaFacts.Required(schema).Count > 0)
        {
            throw Refuse(place, "\"required\" names members that \"properties\" does not describe");
        }

        var values = schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind == JsonValueKind.Object
            ? ReadNode(additional, $"{place}/additionalProperties", name, depth + 1)
            : new(Scalar(SchemaKind.Any), IsNullable: true, new SchemaLayers());
        return Add(new SchemaNode(SchemaKind.Map) { KeyType = Scalar(SchemaKind.String), ItemType = values.Type, ItemNullable = values.IsNullable, ItemRules = Rules(values) });
    }

    private int ReadArray(JsonElement schema, string place, string name, int depth, SchemaLayers layers)
    {
        var items = schema.TryGetProperty("items", out var item)
            ? ReadNode(item, $"{place}/items", name, depth + 1)
            : new(Scalar(SchemaKind.Any), IsNullable: true, new SchemaLayers());
        return Add(new SchemaNode(SchemaKind.Array)
        {
            ItemType = items.Type,
            ItemNullable = items.IsNullable,
            ItemRules = Rules(items),
            UniqueItems = layers.HasFlag("uniqueItems"),
        });
    }

    /// <summary>What is said of items beyond their type; null where that is nothing.</summary>
    private SchemaField? Rules(Node items)
    {
        var rules = items.Layers.Field("", items.Type, _types[items.Type].Kind, static draft => draft.Presence = SchemaPresence.Required);
        return rules.HasConstraints || (rules.Description is not null && rules.Description != _types[items.Type].Description) ? rules : null;
    }

    /// <summary>Gives every object its fields, once it is known which of them lead back to it.</summary>
    private SchemaDescriptor Finish(string name, Node root)
    {
        if (IsNullable(root) || root.Layers.HasConstraints(_types[root.Type].Kind))
        {
            throw Refuse("#", _types[root.Type].Kind == SchemaKind.Any ? "a schema of any value asks nothing" : "a root may not be null and has no constraints; put it into a member of an object");
        }

        var cycles = new SchemaCycles([.. Enumerable.Range(0, _types.Count).Select(Edges)]).Find();
        if (cycles.Endless is { } endless)
        {
            throw Refuse("#", $"'{_types[endless.Type].Name}' is required inside itself, so no value could ever be complete");
        }

        var recursive = cycles.Recursive.ToHashSet();
        for (var type = 0; type < _types.Count; type++)
        {
            if (_fields[type] is { } fields)
            {
                _types[type] = new SchemaNode(SchemaKind.Object)
                {
                    Name = _types[type].Name,
                    Description = _types[type].Description,
                    Fields = [.. fields.Select((field, index) => Field(field, recursive.Contains((type, index))))],
                };
            }
            else if (_nullableUnions.Contains(_types[type].ItemType) && !_types[type].ItemNullable)
            {
                _types[type] = Copy(_types[type], static index => index, itemNullable: true);
            }
        }

        return new SchemaDescriptor(name, root.Type == 0 ? _types : Moved(root.Type));
    }

    private SchemaField Field(PendingField field, bool isRecursive) => field.Node.Layers.Field(field.Name, field.Node.Type, _types[field.Node.Type].Kind, draft =>
    {
        draft.IsNullable = IsNullable(field.Node);
        draft.IsRecursive = isRecursive;
        draft.Presence = field.IsRequired && !isRecursive ? SchemaPresence.Required : SchemaPresence.Optional;
    });

    private IReadOnlyList<SchemaCycles.Edge> Edges(int type) =>
    [
        .. _types[type].ItemType >= 0 ? new[] { new SchemaCycles.Edge(_types[type].ItemType, -1, CanEnd: false) } : [],
        .. _types[type].Cases.Select(static option => new SchemaCycles.Edge(option.Type, -1, CanEnd: false)),
        .. (_fields[type] ?? []).Select((field, index) => new SchemaCycles.Edge(
            field.Node.Type, index, !field.IsRequired || IsNullable(field.Node) || _types[field.Node.Type].ItemType >= 0)),
    ];

    /// <summary>The types with the root first: a list is known only behind its items.</summary>
    private List<SchemaNode> Moved(int root)
    {
        int Index(int type) => type < 0 ? -1 : type == root ? 0 : type < root ? type + 1 : type;
        return [.. Enumerable.Range(0, _types.Count).OrderBy(Index).Select(index => Copy(_types[index], Index, _types[index].ItemNullable))];
    }

    private static SchemaNode Copy(SchemaNode node, Func<int, int> index, bool itemNullable) => new(node.Kind)
    {
        Name = node.Name,
        Description = node.Description,
        Fields = [.. node.Fields.Select(field => field.WithType(index(field.Type)))],
        EnumValues = node.EnumValues,
        Cases = [.. node.Cases.Select(option => new SchemaUnionCase(option.Name, index(option.Type)))],
        Discriminator = node.Discriminator,
        ItemType = index(node.ItemType),
        ItemRules = node.ItemRules is { } rules ? rules.WithType(index(rules.Type)) : null,
        ItemNullable = itemNullable,
        KeyType = index(node.KeyType),
        UniqueItems = node.UniqueItems,
        IntegerMinimum = node.IntegerMinimum,
        IntegerMaximum = node.IntegerMaximum,
    };

    /// <summary>Whether null is a value: a union's cases, one of which may allow it, are known only when all is read.</summary>
    private bool IsNullable(Node node) => node.IsNullable || _nullableUnions.Contains(node.Type);

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
}
