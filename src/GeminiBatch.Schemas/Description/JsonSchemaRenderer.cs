namespace GeminiBatch;

/// <summary>
/// Renders <c>responseJsonSchema</c>: JSON Schema with the keywords that the API accepts, <c>$defs</c> only for what is recursive or
/// shared, and no siblings of <c>$ref</c>.
/// </summary>
internal sealed class JsonSchemaRenderer
{
    private readonly SchemaDescriptor _descriptor;
    private readonly SchemaReferences _references;
    private readonly HashSet<int> _named;
    private readonly JsonBuilder _json = new();

    private JsonSchemaRenderer(SchemaDescriptor descriptor)
    {
        _descriptor = descriptor;
        _references = new SchemaReferences(descriptor);
        _named = [.. _references.Named];
    }

    public static string Render(SchemaDescriptor descriptor)
    {
        var renderer = new JsonSchemaRenderer(descriptor);
        renderer.WriteRoot();
        return renderer._json.ToString();
    }

    private static string? Format(SchemaKind kind) => kind switch
    {
        SchemaKind.Date => "date",
        SchemaKind.Time => "time",
        SchemaKind.DateTime or SchemaKind.DateTimeOffset => "date-time",
        _ => null,
    };

    private static string TypeName(SchemaKind kind) => kind switch
    {
        SchemaKind.Object or SchemaKind.Map => "object",
        SchemaKind.Boolean => "boolean",
        SchemaKind.Integer => "integer",
        SchemaKind.Number or SchemaKind.Decimal => "number",
        SchemaKind.Array => "array",
        _ => "string",
    };

    private void WriteRoot()
    {
        _json.StartObject();
        if (_descriptor.RootMember is { } member)
        {
            _json.Property("type", "object").Name("properties").StartObject().Name(member);
            Write(0, null, nullable: false);
            _json.EndObject().Strings("required", [member]).Name("additionalProperties").Raw("false");
        }
        else if (_named.Contains(0))
        {
            _json.Property("$ref", "#/$defs/" + _references.NameOf(0));
        }
        else
        {
            WriteBody(0, null, nullable: false);
        }

        if (_named.Count > 0)
        {
            _json.Name("$defs").StartObject();
            foreach (var type in _references.Named)
            {
                _json.Name(_references.NameOf(type)).StartObject();
                WriteBody(type, null, nullable: false);
                _json.EndObject();
            }

            _json.EndObject();
        }

        _json.EndObject();
    }

    private void Write(int index, SchemaField? field, bool nullable)
    {
        _json.StartObject();
        if (_named.Contains(index))
        {
            var isChoice = _descriptor.Types[index].Kind == SchemaKind.Union;
            WriteReference(index, SchemaWords.Join(field?.Description, isChoice ? Notes(_descriptor.Types[index], field, nullable) : []), nullable);
        }
        else if (nullable && _descriptor.Types[index].Kind == SchemaKind.Enum)
        {
            // The dialect's enum holds texts and numbers only, so null needs a schema of its own.
            _json.Property("description", field?.Description).Name("anyOf").StartArray().StartObject();
            WriteBody(index, null, nullable: false);
            _json.EndObject();
            WriteNull();
            _json.EndArray();
        }
        else
        {
            WriteBody(index, field, nullable);
        }

        _json.EndObject();
    }

    private void WriteReference(int index, string? description, bool nullable)
    {
        var reference = "#/$defs/" + _references.NameOf(index);
        if (description is null && !nullable)
        {
            _json.Property("$ref", reference);
            return;
        }

        _json.Property("description", description).Name("anyOf").StartArray().StartObject().Property("$ref", reference).EndObject();
        if (nullable)
        {
            WriteNull();
        }

        _json.EndArray();
    }

    private void WriteNull() => _json.StartObject().Property("type", "null").EndObject();

    private void WriteBody(int index, SchemaField? field, bool nullable)
    {
        var type = _descriptor.Types[index];
        if (type.Kind is not (SchemaKind.Any or SchemaKind.Union))
        {
            if (nullable)
            {
                _json.Strings("type", [TypeName(type.Kind), "null"]);
            }
            else
            {
                _json.Property("type", TypeName(type.Kind));
            }
        }

        _json.Property("format", Format(type.Kind));
        _json.Property("description", SchemaWords.Join(field?.Description ?? type.Description, Notes(type, field, nullable)) ?? (type.Kind == SchemaKind.Any ? SchemaWords.AnyValue : null));
        if (HasEnumOf(type, field, nullable))
        {
            _json.Name("enum").Raw($"[{string.Join(",", field!.AllowedValues)}]");
        }

        switch (type.Kind)
        {
            case SchemaKind.Object:
                WriteObject(type, null, null);
                break;
            case SchemaKind.Union:
                WriteCases(type, nullable);
                break;
            case SchemaKind.Enum:
                _json.Strings("enum", type.EnumValues.Select(static value => value.JsonName));
                break;
            case SchemaKind.Array:
                _json.Property("minItems", field?.MinLength).Property("maxItems", field?.MaxLength).Name("items");
                Write(type.ItemType, type.ItemRules, type.ItemNullable);
                break;
            case SchemaKind.Map:
                _json.Name("additionalProperties");
                Write(type.ItemType, type.ItemRules, type.ItemNullable);
                break;
            case SchemaKind.Integer or SchemaKind.Number or SchemaKind.Decimal:
                _json.RawProperty("minimum", SchemaWords.Minimum(field, type)).RawProperty("maximum", SchemaWords.Maximum(field, type));
                break;
        }
    }

    private void WriteCases(SchemaNode union, bool nullable)
    {
        _json.Name("anyOf").StartArray();
        foreach (var option in union.Cases)
        {
            if (union.Discriminator is null)
            {
                Write(option.Type, null, nullable: false);
                continue;
            }

            var type = _descriptor.Types[option.Type];
            _json.StartObject().Property("type", "object").Property("description", type.Description);
            WriteObject(type, union.Discriminator, option.Name);
            _json.EndObject();
        }

        if (nullable)
        {
            WriteNull();
        }

        _json.EndArray();
    }

    private void WriteObject(SchemaNode type, string? discriminator, string? caseName)
    {
        if (discriminator is not null || type.Fields.Count > 0)
        {
            WriteMembers(type, discriminator, caseName);
        }

        var required = type.Fields.Where(static field => field.Presence != SchemaPresence.Optional).Select(static field => field.JsonName);
        _json.Strings("required", discriminator is null ? required : [discriminator, .. required]);
        _json.Name("additionalProperties").Raw("false");
    }

    private void WriteMembers(SchemaNode type, string? discriminator, string? caseName)
    {
        _json.Name("properties").StartObject();
        if (discriminator is not null)
        {
            _json.Name(discriminator).StartObject().Property("type", "string").Strings("enum", [caseName!]).EndObject();
        }

        foreach (var field in type.Fields)
        {
            _json.Name(field.JsonName);
            Write(field.Type, field, field.Nullable);
        }

        _json.EndObject();
    }

    private IEnumerable<string> Notes(SchemaNode type, SchemaField? field, bool nullable)
    {
        if (Format(type.Kind) is null)
        {
            foreach (var form in SchemaWords.Form(type.Kind))
            {
                yield return form;
            }
        }

        IEnumerable<string> rest = type.Kind switch
        {
            SchemaKind.String => [.. SchemaWords.Lengths(field, "characters"), .. SchemaWords.Pattern(field)],
            SchemaKind.Map => [.. KeyNotes(type), .. SchemaWords.Lengths(field, "entries")],
            _ => [.. SchemaWords.EnumMeanings(type), .. SchemaWords.Unsaid(field, type), .. SchemaWords.ExclusiveBounds(field), .. SchemaWords.Unique(type)],
        };
        var allowed = HasEnumOf(type, field, nullable) ? [] : SchemaWords.Allowed(field);
        foreach (var note in rest.Concat(allowed).Concat(SchemaWords.Rules(field)))
        {
            yield return note;
        }
    }

    /// <summary>The dialect's enum holds texts and numbers, and no null.</summary>
    private static bool HasEnumOf(SchemaNode type, SchemaField? field, bool nullable) => field?.AllowedValues.Count > 0 && !nullable
        && type.Kind is SchemaKind.String or SchemaKind.Integer or SchemaKind.Number or SchemaKind.Decimal;

    private string[] KeyNotes(SchemaNode map)
    {
        var key = _descriptor.Types[map.KeyType];
        return key.Kind switch
        {
            SchemaKind.Integer => ["Keys are whole numbers."],
            SchemaKind.Enum => [$"Keys are {string.Join(", ", key.EnumValues.Select(static value => value.JsonName))}."],
            _ => [],
        };
    }
}
