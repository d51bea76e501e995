using System.Text.Json;

namespace GeminiBatch;

/// <summary>Checks response schemas of both dialects (protocol: 7; 10, no. 22).</summary>
internal static class SchemaChecks
{
    private static readonly string[] Types = ["TYPE_UNSPECIFIED", "STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT", "NULL"];

    internal static void Check(RowCheck row, int settings)
    {
        RowTree tree = row.Tree;
        int schema = tree.Find(settings, "responseSchema");
        int jsonSchema = tree.Find(settings, "responseJsonSchema");
        jsonSchema = tree.Has(jsonSchema) ? jsonSchema : tree.Find(settings, "_responseJsonSchema");
        if (tree.Has(schema) && tree.Has(jsonSchema))
        {
            row.Report(RequestRules.SchemasBoth, jsonSchema, "There are two response schemas.");
        }

        int mime = tree.Find(settings, "responseMimeType");
        int either = tree.Has(schema) ? schema : jsonSchema;
        if (tree.Text(mime) == "text/x.enum")
        {
            if (!IsEnum(tree, schema))
            {
                row.Report(RequestRules.SchemaEnumMode, tree.Has(either) ? either : mime, "The response type is text/x.enum, and there is no responseSchema of a STRING with an enum.");
            }
        }
        else if (tree.Has(either) && tree.Text(mime) != "application/json")
        {
            row.Report(RequestRules.SchemaWithoutJson, either, "There is a response schema, and the response type is not JSON.");
        }

        GeminiBackendFacts facts = row.Catalogue.Backend(row.Options.Backend);
        long maxItems = 0;
        if (tree.IsObject(schema))
        {
            CheckSchema(row, schema, facts.ResponseSchemaKeywords, ref maxItems);
        }

        if (tree.IsObject(jsonSchema))
        {
            CheckJsonSchema(row, jsonSchema, facts.ResponseJsonSchemaKeywords, ref maxItems);
        }

        if (facts.ResponseSchemaMaxItemsSum is { } most && maxItems > most)
        {
            row.Report(RequestRules.SchemaMaxItems, tree.IsObject(schema) ? schema : jsonSchema, $"The maxItems of the schema add up to {maxItems}.");
        }
    }

    private static void CheckSchema(RowCheck row, int schema, IReadOnlyList<string> keywords, ref long maxItems)
    {
        RowTree tree = row.Tree;
        if (!row.Is(schema, JsonTokenType.StartObject, "A schema"))
        {
            return;
        }

        for (int member = tree.First(schema); member != RowTree.None; member = tree.Next(member))
        {
            if (!keywords.Contains(tree.CamelName(member), StringComparer.Ordinal))
            {
                row.Report(RequestRules.SchemaKeyword, member, $"{tree.Quoted(member)} is no keyword of responseSchema.");
            }
        }

        int type = tree.Find(schema, "type");
        if (tree.IsArray(type))
        {
            row.Report(RequestRules.SchemaTypeUnion, type, "The type is a list.");
        }
        else if (tree.IsText(type) && !Types.Contains(tree.Text(type), StringComparer.OrdinalIgnoreCase))
        {
            row.Report(RequestRules.SchemaTypeUnknown, type, "The type is none that there is.");
        }

        CheckRequired(row, schema);
        CheckItems(row, schema, isArray: tree.Text(type) is { } name && name.Equals("ARRAY", StringComparison.OrdinalIgnoreCase), ref maxItems);
        int properties = tree.Find(schema, "properties");
        for (int property = tree.IsObject(properties) ? tree.First(properties) : RowTree.None; property != RowTree.None; property = tree.Next(property))
        {
            CheckSchema(row, property, keywords, ref maxItems);
        }

        if (tree.IsObject(tree.Find(schema, "items")))
        {
            CheckSchema(row, tree.Find(schema, "items"), keywords, ref maxItems);
        }

        int cases = tree.Find(schema, "anyOf");
        for (int one = tree.IsArray(cases) ? tree.First(cases) : RowTree.None; one != RowTree.None; one = tree.Next(one))
        {
            CheckSchema(row, one, keywords, ref maxItems);
        }
    }

    private static void CheckJsonSchema(RowCheck row, int schema, IReadOnlyList<string> keywords, ref long maxItems)
    {
        RowTree tree = row.Tree;
        if (!tree.IsObject(schema))
        {
            return;
        }

        for (int member = tree.First(schema); member != RowTree.None; member = tree.Next(member))
        {
            string name = tree.Name(member);
            if (!keywords.Contains(name, StringComparer.Ordinal))
            {
                row.Report(RequestRules.JsonSchemaKeyword, member, $"{tree.Quoted(member)} is not listed.");
            }

            if (name is "properties" or "$defs")
            {
                for (int property = tree.IsObject(member) ? tree.First(member) : RowTree.None; property != RowTree.None; property = tree.Next(property))
                {
                    CheckJsonSchema(row, property, keywords, ref maxItems);
                }
            }
            else if (name is "anyOf" or "oneOf" or "prefixItems" && tree.IsArray(member))
            {
                for (int one = tree.First(member); one != RowTree.None; one = tree.Next(one))
                {
                    CheckJsonSchema(row, one, keywords, ref maxItems);
                }
            }
            else if (name is "items" or "additionalProperties")
            {
                CheckJsonSchema(row, member, keywords, ref maxItems);
            }
        }

        int reference = tree.Find(schema, "$ref");
        if (tree.Has(reference) && HasPlainKeyword(tree, schema))
        {
            row.Report(RequestRules.JsonSchemaReference, reference, "There are other keywords beside $ref.");
        }

        CheckRequired(row, schema);
        CheckItems(row, schema, isArray: false, ref maxItems);
    }

    private static bool IsEnum(RowTree tree, int schema) =>
        string.Equals(tree.Text(tree.Find(schema, "type")), "STRING", StringComparison.OrdinalIgnoreCase) && tree.First(tree.Find(schema, "enum")) != RowTree.None;

    private static bool HasPlainKeyword(RowTree tree, int schema)
    {
        int member = tree.First(schema);
        while (member != RowTree.None && tree.NameBytes(member).StartsWith("$"u8))
        {
            member = tree.Next(member);
        }

        return member != RowTree.None;
    }

    private static void CheckRequired(RowCheck row, int schema)
    {
        RowTree tree = row.Tree;
        int properties = tree.Find(schema, "properties");
        int required = tree.Find(schema, "required");
        HashSet<string>? names = tree.IsArray(required) ? NamesOf(tree, properties) : null;
        for (int name = tree.IsArray(required) ? tree.First(required) : RowTree.None; name != RowTree.None; name = tree.Next(name))
        {
            if (tree.IsText(name) && tree.Text(name) is { } text && !names!.Contains(text))
            {
                row.Report(RequestRules.SchemaRequiredUnknown, name, "What is required is no property.");
            }
        }
    }

    private static void CheckItems(RowCheck row, int schema, bool isArray, ref long maxItems)
    {
        RowTree tree = row.Tree;
        if (isArray && !tree.Has(tree.Find(schema, "items")))
        {
            row.Report(RequestRules.SchemaItemsMissing, schema, "The list does not say what its items are.");
        }

        maxItems += Math.Clamp(tree.Integer(tree.Find(schema, "maxItems")) ?? 0, 0, int.MaxValue);
    }

    private static HashSet<string> NamesOf(RowTree tree, int properties)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int property = tree.IsObject(properties) ? tree.First(properties) : RowTree.None; property != RowTree.None; property = tree.Next(property))
        {
            names.Add(tree.Name(property));
        }

        return names;
    }
}
