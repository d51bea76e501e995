namespace GeminiBatch;

/// <summary>
/// Renders <c>responseSchema</c>: upper-case types, <c>propertyOrdering</c>, <c>nullable</c>, 64-bit counts as strings, maps as lists of
/// pairs, and recursion unrolled a few levels because the dialect cannot refer.
/// </summary>
internal sealed class ResponseSchemaRenderer
{
    /// <summary>How many levels of a recursive type are written out.</summary>
    public const int RecursionLevels = 3;

    private readonly SchemaDescriptor _descriptor;
    private readonly List<int> _path = [];
    private readonly JsonBuilder _json = new();

    private ResponseSchemaRenderer(SchemaDescriptor descriptor) => _descriptor = descriptor;

    public static string Render(SchemaDescriptor descriptor)
    {
        var renderer = new ResponseSchemaRenderer(descriptor);
        if (descriptor.RootMember is { } member && descriptor.Root.Kind != SchemaKind.Enum)
        {
            renderer._json.StartObject().Property("type", "OBJECT").Name("properties").StartObject().Name(member);
            renderer.Write(0, null, nullable: false);
            renderer._json.EndObject().Strings("required", [member]).Strings("propertyOrdering", [member]).EndObject();
        }
        else
        {
            renderer.Write(0, null, nullable: false);
        }

        return renderer._json.ToString();
    }

    private static string TypeName(SchemaKind kind) => kind switch
    {
        SchemaKind.Object or SchemaKind.Any => "OBJECT",
        SchemaKind.Boolean => "BOOLEAN",
        SchemaKind.Integer => "INTEGER",
        SchemaKind.Number or SchemaKind.Decimal => "NUMBER",
        SchemaKind.Array or SchemaKind.Map => "ARRAY",
        _ => "STRING",
    };

    private static string? Long(int? value) => value?.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private void Write(int index, SchemaField? field, bool nullable)
    {
        var type = _descriptor.Types[index];
        _json.StartObject();
        var isEmpty = type.Kind == SchemaKind.Object && FieldsOf(index, type).Count == 0;
        if (type.Kind is not (SchemaKind.Any or SchemaKind.Union) && !isEmpty)
        {
            // Any value and a choice: schemas without a type. So is an object without members, which the dialect refuses.
            _json.Property("type", TypeName(type.Kind));
        }

        _json.Property("format", type.Kind switch
        {
            SchemaKind.Enum => "enum",
            SchemaKind.String when field?.AllowedValues.Count > 0 => "enum",
            SchemaKind.DateTime or SchemaKind.DateTimeOffset => "date-time",
            _ => null,
        });
        // A schema that says nothing at all is an empty object, for which Vertex AI fails a whole job (protocol: 10, no. 23).
        var silent = nullable ? null : type.Kind == SchemaKind.Any ? SchemaWords.AnyValue : isEmpty ? "An object of the same shape." : null;
        _json.Property("description", SchemaWords.Join(field?.Description ?? type.Description, Notes(type, field)) ?? silent);
        _json.Flag("nullable", nullable);
        switch (type.Kind)
        {
            case SchemaKind.Object when !isEmpty:
                WriteObject(index, type, null, null);
                break;
            case SchemaKind.Union:
                WriteCases(index, type);
                break;
            case SchemaKind.Enum:
                _json.Strings("enum", type.EnumValues.Select(static value => value.JsonName));
                break;
            case SchemaKind.Array:
                WriteCounts(field);
                _json.Name("items");
                Write(type.ItemType, type.ItemRules, type.ItemNullable);
                break;
            case SchemaKind.Map:
                WriteCounts(field);
                _json.Name("items");
                WritePair(type);
                break;
            case SchemaKind.String:
                WriteAllowed(field);
                _json.Property("minLength", Long(field?.MinLength)).Property("maxLength", Long(field?.MaxLength)).Property("pattern", field?.Pattern);
                break;
            case SchemaKind.Integer or SchemaKind.Number or SchemaKind.Decimal:
                _json.RawProperty("minimum", SchemaWords.Minimum(field, type)).RawProperty("maximum", SchemaWords.Maximum(field, type));
                break;
        }

        _json.EndObject();
    }

    private static IEnumerable<string> Notes(SchemaNode type, SchemaField? field)
    {
        var form = type.Kind is SchemaKind.DateTime or SchemaKind.DateTimeOffset ? [] : SchemaWords.Form(type.Kind);
        var empty = type is { Kind: SchemaKind.Object, Fields.Count: 0 } ? new[] { "An object without members." } : [];
        var allowed = type.Kind == SchemaKind.String ? [] : SchemaWords.Allowed(field);
        var map = type.Kind == SchemaKind.Map ? new[] { "One pair per entry, no key twice." } : [];
        return
        [
            .. form, .. SchemaWords.EnumMeanings(type), .. SchemaWords.Unsaid(field, type), .. SchemaWords.ExclusiveBounds(field), .. SchemaWords.Unique(type),
            .. map, .. empty, .. allowed, .. SchemaWords.Rules(field),
        ];
    }

    private void WriteAllowed(SchemaField? field)
    {
        if (field?.AllowedValues.Count > 0)
        {
            _json.Name("enum").Raw($"[{string.Join(",", field.AllowedValues)}]");
        }
    }

    private void WriteCounts(SchemaField? field) =>
        _json.Property("minItems", Long(field?.MinLength)).Property("maxItems", Long(field?.MaxLength));

    private void WriteCases(int index, SchemaNode union)
    {
        _path.Add(index);
        _json.Name("anyOf").StartArray();
        foreach (var option in union.Cases)
        {
            if (union.Discriminator is null)
            {
                Write(option.Type, null, nullable: false);
                continue;
            }

            var type = _descriptor.Types[option.Type];
            _json.StartObject().Property("type", "OBJECT").Property("description", type.Description);
            WriteObject(option.Type, type, union.Discriminator, option.Name);
            _json.EndObject();
        }

        _json.EndArray();
        _path.RemoveAt(_path.Count - 1);
    }

    private void WriteObject(int index, SchemaNode type, string? discriminator, string? caseName)
    {
        var fields = FieldsOf(index, type);
        _path.Add(index);
        _json.Name("properties").StartObject();
        if (discriminator is not null)
        {
            _json.Name(discriminator).StartObject().Property("type", "STRING").Property("format", "enum").Strings("enum", [caseName!]).EndObject();
        }

        foreach (var field in fields)
        {
            _json.Name(field.JsonName);
            Write(field.Type, field, field.Nullable);
        }

        _json.EndObject();
        List<string> first = discriminator is null ? [] : [discriminator];
        List<string> required = [.. first, .. fields.Where(static field => field.Presence != SchemaPresence.Optional).Select(static field => field.JsonName)];
        if (required.Count > 0)
        {
            _json.Strings("required", required);
        }

        if (first.Count + fields.Count > 0)
        {
            _json.Strings("propertyOrdering", [.. first, .. fields.Select(static field => field.JsonName)]);
        }

        _path.RemoveAt(_path.Count - 1);
    }

    /// <summary>The fields that are written out at this level: those that go on without end are left out once their type is written often enough.</summary>
    private List<SchemaField> FieldsOf(int index, SchemaNode type)
    {
        _path.Add(index);
        List<SchemaField> fields = [.. type.Fields.Where(field => !field.Recursive || !IsDeepEnough(_path, SchemaReferences.TargetOf(_descriptor, field.Type)))];
        _path.RemoveAt(_path.Count - 1);
        return fields;
    }

    private void WritePair(SchemaNode map)
    {
        _json.StartObject().Property("type", "OBJECT").Name("properties").StartObject().Name("key");
        var key = _descriptor.Types[map.KeyType];
        if (key.Kind == SchemaKind.Integer)
        {
            // Both forms of a map are read, and only text can be a key in the other one.
            _json.StartObject().Property("type", "STRING").Property("description", "A whole number.").EndObject();
        }
        else
        {
            Write(map.KeyType, null, nullable: false);
        }

        _json.Name("value");
        Write(map.ItemType, map.ItemRules, map.ItemNullable);
        _json.EndObject().Strings("required", ["key", "value"]).Strings("propertyOrdering", ["key", "value"]).EndObject();
    }

    /// <summary>Whether a recursive type is written out often enough on the way to where it stands.</summary>
    public static bool IsDeepEnough(List<int> path, int type) => path.Count(level => level == type) >= RecursionLevels;
}
