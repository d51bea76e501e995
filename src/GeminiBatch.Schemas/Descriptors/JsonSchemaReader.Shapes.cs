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

        if (hasOthers && !SchemaFacts.SaysNothing(additional) && additional.ValueKind != JsonValueKind.False)
        {
            throw Refuse($"{place}/additionalProperties", "an object has either known properties or any; put the others into a member of their own");
        }

        if (SchemaFacts.KeysOf(schema) is not null)
        {
            throw Refuse($"{place}/propertyNames", "the names of an object with known properties are known; leave it out");
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
        return AddContainer(new SchemaNode(SchemaKind.Map) { KeyType = ReadKeys(schema, place, name, depth), ItemType = values.Type }, values);
    }

    private int ReadKeys(JsonElement schema, string place, string name, int depth)
    {
        if (SchemaFacts.KeysOf(schema) is not { } names)
        {
            return Scalar(SchemaKind.String);
        }

        var keys = ReadNode(names, $"{place}/propertyNames", name + "Key", depth + 1);
        var kind = _types[keys.Type].Kind;
        return kind is SchemaKind.Enum || (kind == SchemaKind.String && !keys.Layers.HasConstraints(kind)) ? keys.Type
            : throw Refuse($"{place}/propertyNames", "the keys of a map are any texts, or those of an enum");
    }

    private int ReadArray(JsonElement schema, string place, string name, int depth, SchemaLayers layers)
    {
        var items = schema.TryGetProperty("items", out var item)
            ? ReadNode(item, $"{place}/items", name, depth + 1)
            : new(Scalar(SchemaKind.Any), IsNullable: true, new SchemaLayers());
        return AddContainer(new SchemaNode(SchemaKind.Array) { ItemType = items.Type, UniqueItems = layers.HasFlag("uniqueItems") }, items);
    }

    private int AddContainer(SchemaNode container, Node items)
    {
        var index = Add(container);
        _items.Add(index, items);
        return index;
    }

    /// <summary>What is said of items beyond their type; null where that is nothing.</summary>
    private SchemaField? Rules(Node items)
    {
        var rules = LayersOf(items).Field("", items.Type, _types[items.Type].Kind, static draft => draft.Presence = SchemaPresence.Required);
        return rules.HasConstraints || (rules.Description is not null && rules.Description != _types[items.Type].Description) ? rules : null;
    }

    /// <summary>Gives every object its fields, once it is known which of them lead back to it.</summary>
    private SchemaDescriptor Finish(string name, Node root)
    {
        foreach (var (place, union, layers) in _choices)
        {
            Require(place, layers.With(_optionRules[union]).ConflictBeside([.. _types[union].Cases.Select(option => _types[option.Type].Kind)], place));
        }

        var kind = _types[root.Type].Kind;
        if ((IsNullable(root) && kind is not (SchemaKind.Object or SchemaKind.Map or SchemaKind.Array)) || LayersOf(root).HasConstraints(kind))
        {
            throw Refuse("#", kind == SchemaKind.Any ? "a schema of any value asks nothing" : "a root has no constraints, and may be null only where it is an object or list; put it into a member of an object");
        }

        var cycles = FindCycles();
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
            else if (_items.TryGetValue(type, out var items))
            {
                _types[type] = Copy(_types[type], static index => index, IsNullable(items), Rules(items));
            }
        }

        return new SchemaDescriptor(name, root.Type == 0 ? _types : Moved(root.Type));
    }

    private SchemaField Field(PendingField field, bool isRecursive) => LayersOf(field.Node).Field(field.Name, field.Node.Type, _types[field.Node.Type].Kind, draft =>
    {
        draft.IsNullable = IsNullable(field.Node);
        draft.IsRecursive = isRecursive;
        draft.Presence = field.IsRequired && !isRecursive ? SchemaPresence.Required : SchemaPresence.Optional;
    });

    /// <summary>The types with the root first: a list is known only behind its items.</summary>
    private List<SchemaNode> Moved(int root)
    {
        int Index(int type) => type < 0 ? -1 : type == root ? 0 : type < root ? type + 1 : type;
        return [.. Enumerable.Range(0, _types.Count).OrderBy(Index).Select(index => Copy(_types[index], Index, _types[index].ItemNullable, _types[index].ItemRules))];
    }

    private static SchemaNode Copy(SchemaNode node, Func<int, int> index, bool itemNullable, SchemaField? itemRules) => new(node.Kind)
    {
        Name = node.Name,
        Description = node.Description,
        Fields = [.. node.Fields.Select(field => field.WithType(index(field.Type)))],
        EnumValues = node.EnumValues,
        Cases = [.. node.Cases.Select(option => new SchemaUnionCase(option.Name, index(option.Type)))],
        Discriminator = node.Discriminator,
        ItemType = index(node.ItemType),
        ItemRules = itemRules?.WithType(index(itemRules.Type)),
        ItemNullable = itemNullable,
        KeyType = index(node.KeyType),
        UniqueItems = node.UniqueItems,
        IntegerMinimum = node.IntegerMinimum,
        IntegerMaximum = node.IntegerMaximum,
    };

    /// <summary>Whether null is a value: a union's cases, one of which may allow it, are known only when all is read.</summary>
    private bool IsNullable(Node node) => node.IsNullable || _nullableUnions.Contains(node.Type);

    /// <summary>What is said of a value, with what a union's cases say of it.</summary>
    private SchemaLayers LayersOf(Node node) => _optionRules.TryGetValue(node.Type, out var rules) ? node.Layers.With(rules) : node.Layers;
}
