namespace GeminiBatch;

/// <summary>Writes a descriptor as JSON, whole or in its canonical form.</summary>
internal static class DescriptorText
{
    /// <summary>The version of both forms. Stored descriptors and fingerprints depend on it.</summary>
    public const int Version = 1;

    public static string Write(SchemaDescriptor descriptor)
    {
        var json = new JsonBuilder().StartObject().Property("version", Version).Property("name", descriptor.Name).Name("types").StartArray();
        foreach (var type in descriptor.Types)
        {
            json.StartObject().Property("kind", KindName(type.Kind));
            json.Property("name", type.Name.Length == 0 ? null : type.Name).Property("description", type.Description);
            WriteReferences(json, type, static index => index);
            json.RawProperty("minimum", type.IntegerMinimum).RawProperty("maximum", type.IntegerMaximum);
            WriteFields(json, type);
            WriteEnumValues(json, type);
            WriteCases(json, type, static index => index);
            json.EndObject();
        }

        return json.EndArray().EndObject().ToString();
    }

    public static string WriteCanonical(SchemaDescriptor descriptor)
    {
        var order = new List<int> { 0 };
        var json = new JsonBuilder().StartObject().Property("version", Version).Name("types").StartArray();
        for (var i = 0; i < order.Count; i++)
        {
            var type = descriptor.Types[order[i]];
            json.StartObject().Property("kind", KindName(type.Kind == SchemaKind.Decimal ? SchemaKind.Number : type.Kind));
            json.Property("description", type.Description);
            WriteReferences(json, type, IndexOf);
            json.RawProperty("minimum", SchemaWords.Minimum(null, type)).RawProperty("maximum", SchemaWords.Maximum(null, type));
            if (type.Kind == SchemaKind.Object)
            {
                json.Name("fields").StartArray();
                foreach (var field in type.Fields)
                {
                    json.StartObject().Property("name", field.JsonName).Property("type", IndexOf(field.Type));
                    json.Property("presence", PresenceName(field.Presence));
                    WriteMeaning(json, field);
                    json.EndObject();
                }

                json.EndArray();
            }

            if (type.Kind == SchemaKind.Enum)
            {
                json.Name("values").StartArray();
                foreach (var value in type.EnumValues)
                {
                    json.StartObject().Property("name", value.JsonName).Property("description", value.Description).EndObject();
                }

                json.EndArray();
            }

            WriteCases(json, type, IndexOf);
            json.EndObject();
        }

        return json.EndArray().EndObject().ToString();

        int IndexOf(int type)
        {
            var index = order.IndexOf(type);
            if (index < 0)
            {
                index = order.Count;
                order.Add(type);
            }

            return index;
        }
    }

    public static string KindName(SchemaKind kind) => Camel(kind.ToString());

    public static string PresenceName(SchemaPresence presence) => Camel(presence.ToString());

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);

    private static void WriteReferences(JsonBuilder json, SchemaNode type, Func<int, int> indexOf)
    {
        if (type.KeyType >= 0)
        {
            json.Property("key", indexOf(type.KeyType));
        }

        if (type.ItemType >= 0)
        {
            json.Property("item", indexOf(type.ItemType));
        }

        json.Flag("itemNullable", type.ItemNullable).Flag("unique", type.UniqueItems);
        if (type.ItemRules is { } rules)
        {
            json.Name("itemRules").StartObject();
            WriteMeaning(json, rules);
            json.EndObject();
        }
    }

    private static void WriteFields(JsonBuilder json, SchemaNode type)
    {
        if (type.Kind != SchemaKind.Object)
        {
            return;
        }

        json.Name("fields").StartArray();
        foreach (var field in type.Fields)
        {
            json.StartObject().Property("name", field.JsonName);
            json.Property("member", field.MemberName == field.JsonName ? null : field.MemberName).Property("type", field.Type);
            json.Property("presence", field.Presence == SchemaPresence.Required ? null : PresenceName(field.Presence));
            WriteMeaning(json, field);
            WriteAliases(json, field.Aliases);
            json.RawProperty("default", field.DefaultJson).EndObject();
        }

        json.EndArray();
    }

    private static void WriteMeaning(JsonBuilder json, SchemaField field)
    {
        json.Flag("nullable", field.Nullable).Flag("recursive", field.Recursive);
        json.Property("description", field.Description);
        json.RawProperty("minimum", field.Minimum).Flag("minimumIsExclusive", field.MinimumIsExclusive);
        json.RawProperty("maximum", field.Maximum).Flag("maximumIsExclusive", field.MaximumIsExclusive);
        json.Property("minLength", field.MinLength).Property("maxLength", field.MaxLength).Property("pattern", field.Pattern);
        json.Property("form", field.TextForm == SchemaTextForm.Any ? null : Camel(field.TextForm.ToString())).RawProperty("multipleOf", field.MultipleOf);
        WriteValues(json, "allowed", field.AllowedValues);
        WriteValues(json, "denied", field.DeniedValues);
    }

    private static void WriteValues(JsonBuilder json, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            json.Name(name).Raw($"[{string.Join(",", values)}]");
        }
    }

    private static void WriteEnumValues(JsonBuilder json, SchemaNode type)
    {
        if (type.Kind != SchemaKind.Enum)
        {
            return;
        }

        json.Name("values").StartArray();
        foreach (var value in type.EnumValues)
        {
            json.StartObject().Property("name", value.JsonName);
            json.Property("member", value.MemberName == value.JsonName ? null : value.MemberName).Property("description", value.Description);
            WriteAliases(json, value.Aliases);
            json.EndObject();
        }

        json.EndArray();
    }

    private static void WriteCases(JsonBuilder json, SchemaNode type, Func<int, int> indexOf)
    {
        if (type.Kind != SchemaKind.Union)
        {
            return;
        }

        json.Property("discriminator", type.Discriminator).Name("cases").StartArray();
        foreach (var option in type.Cases)
        {
            json.StartObject().Property("name", option.Name).Property("type", indexOf(option.Type)).EndObject();
        }

        json.EndArray();
    }

    private static void WriteAliases(JsonBuilder json, IReadOnlyList<string> aliases)
    {
        if (aliases.Count > 0)
        {
            json.Strings("aliases", aliases);
        }
    }
}
