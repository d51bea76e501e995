using System.Globalization;
using System.Text.Json;

namespace GeminiBatch.Scaffolding;

internal sealed partial class SchemaReader
{
    private void ReadKeyword(SchemaNode node, string keyword, JsonElement value, string pointer)
    {
        switch (keyword)
        {
            case "type": ReadTypes(node, value, pointer); break;
            case "nullable": node.Nullable |= value.ValueKind == JsonValueKind.True; break;
            case "title": node.Title = Text(value, pointer); break;
            case "description": node.Description = Text(value, pointer); break;
            case "format": node.Format = Text(value, pointer); break;
            case "pattern": node.Pattern = Text(value, pointer); break;
            case "default": node.Default = value; break;
            case "enum": ReadLiterals(node, value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : throw NoList(pointer)); break;
            case "const": ReadLiterals(node, [value]); break;
            case "properties": ReadProperties(node, value, pointer); break;
            case "required": ReadRequired(node, value, pointer); break;
            case "items": ReadItems(node, value, pointer); break;
            case "additionalProperties": node.AdditionalProperties = value.ValueKind == JsonValueKind.False ? null : library.Read(value, pointer); break;
            case "propertyNames": node.PropertyNames = library.Read(value, pointer); break;
            case "anyOf" or "oneOf": node.Alternatives.AddRange(Schemas(value, pointer)); break;
            case "discriminator": ReadDiscriminator(node, value, pointer); break;
            case "minimum": node.Minimum = Number(node, keyword, value); break;
            case "maximum": node.Maximum = Number(node, keyword, value); break;
            case "exclusiveMinimum": ReadExclusiveMinimum(node, value); break;
            case "exclusiveMaximum": ReadExclusiveMaximum(node, value); break;
            case "multipleOf": node.MultipleOf = Number(node, keyword, value); break;
            case "minLength": node.MinLength = Count(node, keyword, value); break;
            case "maxLength": node.MaxLength = Count(node, keyword, value); break;
            case "minItems": node.MinItems = Count(node, keyword, value); break;
            case "maxItems": node.MaxItems = Count(node, keyword, value); break;
            case "minProperties": node.MinProperties = Count(node, keyword, value); break;
            case "maxProperties": node.MaxProperties = Count(node, keyword, value); break;
            case "uniqueItems": node.UniqueItems = value.ValueKind == JsonValueKind.True; break;
            case "x-alias" or "x-aliases": node.Aliases.AddRange(Texts(value)); break;
            case "deprecated": NoteWhen(value.ValueKind == JsonValueKind.True, node, keyword, "The mark is left out."); break;
            case "unevaluatedProperties" or "unevaluatedItems" or "additionalItems":
                NoteWhen(value.ValueKind is not (JsonValueKind.True or JsonValueKind.False), node, keyword, "The rule is not checked.");
                break;
            default: NoteWhen(!Annotations.Contains(keyword) && !keyword.StartsWith("x-", StringComparison.Ordinal), node, keyword, "The rule is not checked."); break;
        }
    }

    private void NoteWhen(bool condition, SchemaNode node, string keyword, string message)
    {
        if (condition)
        {
            notes.Add(node.Pointer, keyword, message);
        }
    }

    private static void ReadTypes(SchemaNode node, JsonElement value, string pointer)
    {
        foreach (var name in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(item => Text(item, pointer)) : [Text(value, pointer)])
        {
            node.Types |= name.ToLowerInvariant() switch
            {
                "object" => JsonTypes.Object,
                "array" => JsonTypes.Array,
                "string" => JsonTypes.String,
                "integer" => JsonTypes.Integer,
                "number" => JsonTypes.Number,
                "boolean" => JsonTypes.Boolean,
                "null" => JsonTypes.Null,
                "type_unspecified" => JsonTypes.None,
                _ => throw new ScaffoldingException(pointer, $"'{name}' is no type. Use object, array, string, integer, number, boolean or null."),
            };
        }

        node.Nullable |= node.Types.HasFlag(JsonTypes.Null);
    }

    private static void ReadLiterals(SchemaNode node, List<JsonElement> values)
    {
        var distinct = values.Where((value, index) => !values.Take(index).Any(earlier => JsonElement.DeepEquals(earlier, value))).ToList();
        node.Nullable |= distinct.Exists(value => value.ValueKind == JsonValueKind.Null);
        if (distinct.Count > 1)
        {
            distinct.RemoveAll(value => value.ValueKind == JsonValueKind.Null);
        }

        node.AllowsNothing |= distinct.Count == 0;
        node.Literals = distinct.ConvertAll(value => new SchemaLiteral(value));
    }

    /// <summary>Names, descriptions and other spellings of enum values, which schemas carry beside the values.</summary>
    private static void AddNamesOfValues(SchemaNode node, JsonElement schema)
    {
        if (node.Literals is not { } literals)
        {
            return;
        }

        for (var index = 0; index < literals.Count; index++)
        {
            var value = literals[index].Value;
            literals[index] = literals[index] with
            {
                MemberName = Beside("x-enum-varnames", "x-enumNames").FirstOrDefault(),
                Description = Beside("x-enumDescriptions", "x-enum-descriptions").FirstOrDefault(),
                Aliases = [.. Beside("x-enumAliases", "x-enum-aliases")],
            };

            IEnumerable<string> Beside(params string[] keywords) => keywords
                .Where(keyword => schema.TryGetProperty(keyword, out _))
                .SelectMany(keyword => schema.GetProperty(keyword) is { ValueKind: JsonValueKind.Object } byValue
                    ? byValue.TryGetProperty(value.ToString(), out var named) ? Texts(named) : []
                    : schema.GetProperty(keyword) is { ValueKind: JsonValueKind.Array } list && index < list.GetArrayLength() ? Texts(list[index]) : []);
        }
    }

    private void ReadProperties(SchemaNode node, JsonElement value, string pointer)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new ScaffoldingException(pointer, "Properties are an object of schemas by name.");
        }

        foreach (var property in value.EnumerateObject())
        {
            node.Properties.RemoveAll(known => known.Name == property.Name);
            node.Properties.Add(new SchemaProperty(property.Name, library.Read(property.Value, JsonPointers.Append(pointer, property.Name))));
        }
    }

    private static void OrderProperties(SchemaNode node, JsonElement schema)
    {
        if (schema.TryGetProperty("propertyOrdering", out var ordering))
        {
            var names = Texts(ordering).ToList();
            var ordered = node.Properties.OrderBy(property => names.IndexOf(property.Name) is var index && index < 0 ? names.Count : index).ToList();
            node.Properties.Clear();
            node.Properties.AddRange(ordered);
        }
    }

    private void ReadRequired(SchemaNode node, JsonElement value, string pointer)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            node.Required.AddRange(value.EnumerateArray().Select(item => Text(item, pointer)).Distinct(StringComparer.Ordinal));
        }
        else
        {
            notes.Add(node.Pointer, "required", "Only a list of names is understood.");
        }
    }

    private void ReadItems(SchemaNode node, JsonElement value, string pointer)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            notes.Add(node.Pointer, "items", "Items of a tuple are read as free JSON.");
        }
        else
        {
            node.Items = library.Read(value, pointer);
        }
    }

    private void ReadDiscriminator(SchemaNode node, JsonElement value, string pointer)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("propertyName", out var name))
        {
            notes.Add(node.Pointer, "discriminator", "A discriminator without a property name is not used.");
            return;
        }

        node.Discriminator = Text(name, pointer);
        if (value.TryGetProperty("mapping", out var mapping) && mapping.ValueKind == JsonValueKind.Object)
        {
            foreach (var entry in mapping.EnumerateObject())
            {
                var reference = Text(entry.Value, pointer);
                node.DiscriminatorValues[library.Target(reference.Contains('#', StringComparison.Ordinal) ? reference : $"#/components/schemas/{reference}", pointer)] = entry.Name;
            }
        }
    }

    /// <summary>Assertions reject a value, checks only mark it.</summary>
    private void ApplyAssertions(SchemaNode node, JsonElement schema)
    {
        if (!schema.TryGetProperty("x-checks", out var checks) || checks.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var check in checks.EnumerateArray())
        {
            var isAssertion = check.ValueKind == JsonValueKind.Object && check.TryGetProperty("level", out var level) && level.ValueEquals("assert");
            var expression = check.ValueKind == JsonValueKind.Object && check.TryGetProperty("expr", out var text) ? text.ToString() : "";
            if (!isAssertion || node.Reference is not null || !Assertions.TryApply(node, expression))
            {
                notes.Add(node.Pointer, "x-checks", $"The {(isAssertion ? "assertion" : "check")} '{expression}' is left out.");
            }
        }
    }

    private void ReadExclusiveMinimum(SchemaNode node, JsonElement value)
    {
        node.MinimumIsExclusive = value.ValueKind != JsonValueKind.False;
        if (value.ValueKind == JsonValueKind.Number)
        {
            node.Minimum = Number(node, "exclusiveMinimum", value);
        }
    }

    private void ReadExclusiveMaximum(SchemaNode node, JsonElement value)
    {
        node.MaximumIsExclusive = value.ValueKind != JsonValueKind.False;
        if (value.ValueKind == JsonValueKind.Number)
        {
            node.Maximum = Number(node, "exclusiveMaximum", value);
        }
    }

    private decimal? Number(SchemaNode node, string keyword, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number))
        {
            return number;
        }

        notes.Add(node.Pointer, keyword, "The bound is no number that C# can hold and is not checked.");
        return null;
    }

    /// <summary>A count, which Gemini's dialect writes as a string.</summary>
    private int? Count(SchemaNode node, string keyword, JsonElement value)
    {
        if (decimal.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var count)
            && count is >= 0 and <= int.MaxValue && decimal.IsInteger(count))
        {
            return (int)count;
        }

        notes.Add(node.Pointer, keyword, "The bound is no count and is not checked.");
        return null;
    }

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!),
        _ => [],
    };

    private static ScaffoldingException NoList(string pointer) => new(pointer, "A list of values is needed here.");
}
