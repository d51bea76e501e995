using System.Text.Json;

namespace GeminiBatch;

/// <summary>Reads the JSON form of a descriptor.</summary>
internal static class DescriptorReader
{
    public static SchemaDescriptor Read(JsonElement root)
    {
        var version = root.GetProperty("version").GetInt32();
        if (version != DescriptorText.Version)
        {
            throw new FormatException(
                $"The schema descriptor has version {version}, and this library reads version {DescriptorText.Version}. Update the library that is older.");
        }

        var types = root.GetProperty("types").EnumerateArray().Select(ReadType).ToList();
        if (types.Count == 0)
        {
            throw new FormatException("The schema descriptor has no types.");
        }

        foreach (var type in types)
        {
            Check(type, types);
        }

        CheckEnds(types);
        return new SchemaDescriptor(root.GetProperty("name").GetString()!, types);
    }

    private static void Check(SchemaNode type, List<SchemaNode> types)
    {
        var isContainer = type.Kind is SchemaKind.Array or SchemaKind.Map;
        if (type.ItemType >= types.Count || type.KeyType >= types.Count || type.ItemType >= 0 != isContainer
            || type.KeyType >= 0 != (type.Kind == SchemaKind.Map)
            || type.Fields.Any(field => field.Type < 0 || field.Type >= types.Count)
            || type.Cases.Any(option => option.Type < 0 || option.Type >= types.Count))
        {
            throw new FormatException($"The schema descriptor refers to a type that it does not have, in '{type.Name}'.");
        }

        if (type.Kind == SchemaKind.Union && (type.Cases.Count == 0 || type.Cases.Any(option => types[option.Type].Kind == SchemaKind.Union)
            || (type.Discriminator is { } member && type.Cases.Any(option =>
                types[option.Type].Kind != SchemaKind.Object || types[option.Type].Fields.Any(field => field.JsonName == member)))))
        {
            throw new FormatException($"The union '{type.Name}' of the schema descriptor has no cases, or such that its discriminator cannot tell apart.");
        }
    }

    /// <summary>Whoever walks the types goes on behind every field that is not marked as recursive.</summary>
    private static void CheckEnds(List<SchemaNode> types)
    {
        var edges = types.Select(static type => (IReadOnlyList<SchemaCycles.Edge>)
        [
            .. type.ItemType >= 0 ? new[] { new SchemaCycles.Edge(type.ItemType, -1, CanEnd: false) } : [],
            .. type.Cases.Select(static option => new SchemaCycles.Edge(option.Type, -1, CanEnd: false)),
            .. type.Fields.Where(static field => !field.Recursive).Select(static (field, index) => new SchemaCycles.Edge(field.Type, index, CanEnd: false)),
        ]).ToList();
        if (new SchemaCycles(edges).Find().Endless is { } endless)
        {
            throw new FormatException($"The type '{types[endless.Type].Name}' of the schema descriptor leads back to itself, and no field on the way is marked as recursive.");
        }
    }

    private static SchemaNode ReadType(JsonElement json) => new(ReadName<SchemaKind>(json.GetProperty("kind")))
    {
        Name = Text(json, "name") ?? "",
        Description = Text(json, "description"),
        ItemType = Integer(json, "item") ?? -1,
        KeyType = Integer(json, "key") ?? -1,
        ItemNullable = Flag(json, "itemNullable"),
        ItemRules = json.TryGetProperty("itemRules", out var rules) ? ReadField(rules, "", Integer(json, "item") ?? -1) : null,
        UniqueItems = Flag(json, "unique"),
        IntegerMinimum = Raw(json, "minimum"),
        IntegerMaximum = Raw(json, "maximum"),
        Fields = json.TryGetProperty("fields", out var fields) ? [.. fields.EnumerateArray().Select(ReadField)] : [],
        EnumValues = json.TryGetProperty("values", out var values) ? [.. values.EnumerateArray().Select(ReadEnumValue)] : [],
        Discriminator = Text(json, "discriminator"),
        Cases = json.TryGetProperty("cases", out var cases) ? [.. cases.EnumerateArray().Select(ReadCase)] : [],
    };

    private static SchemaField ReadField(JsonElement json)
    {
        return ReadField(json, json.GetProperty("name").GetString()!, json.GetProperty("type").GetInt32());
    }

    private static SchemaField ReadField(JsonElement json, string name, int type)
    {
        return new(name, type)
        {
            MemberName = Text(json, "member") ?? name,
            Presence = json.TryGetProperty("presence", out var presence) ? ReadName<SchemaPresence>(presence) : SchemaPresence.Required,
            Nullable = Flag(json, "nullable"),
            Recursive = Flag(json, "recursive"),
            Description = Text(json, "description"),
            Aliases = Aliases(json),
            DefaultJson = Raw(json, "default"),
            Minimum = Raw(json, "minimum"),
            Maximum = Raw(json, "maximum"),
            MinimumIsExclusive = Flag(json, "minimumIsExclusive"),
            MaximumIsExclusive = Flag(json, "maximumIsExclusive"),
            MinLength = Integer(json, "minLength"),
            MaxLength = Integer(json, "maxLength"),
            Pattern = Text(json, "pattern"),
            TextForm = json.TryGetProperty("form", out var form) ? ReadName<SchemaTextForm>(form) : SchemaTextForm.Any,
            MultipleOf = Raw(json, "multipleOf"),
            AllowedValues = Values(json, "allowed"),
            DeniedValues = Values(json, "denied"),
        };
    }

    private static SchemaUnionCase ReadCase(JsonElement json) => new(json.GetProperty("name").GetString()!, json.GetProperty("type").GetInt32());

    private static SchemaEnumValue ReadEnumValue(JsonElement json)
    {
        var name = json.GetProperty("name").GetString()!;
        return new(name)
        {
            MemberName = Text(json, "member") ?? name,
            Description = Text(json, "description"),
            Aliases = Aliases(json),
        };
    }

    private static T ReadName<T>(JsonElement json)
        where T : struct, Enum
    {
        var name = json.GetString();
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        throw new FormatException($"'{name}' is no {typeof(T).Name}.");
    }

    private static IReadOnlyList<string> Aliases(JsonElement json) =>
        json.TryGetProperty("aliases", out var aliases) ? [.. aliases.EnumerateArray().Select(static alias => alias.GetString()!)] : [];

    private static IReadOnlyList<string> Values(JsonElement json, string name) =>
        json.TryGetProperty(name, out var values) ? [.. values.EnumerateArray().Select(static value => value.GetRawText())] : [];

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string? Raw(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetRawText() : null;

    private static int? Integer(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetInt32() : null;

    private static bool Flag(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.GetBoolean();
}
