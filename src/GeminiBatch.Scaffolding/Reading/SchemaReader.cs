using System.Text.Json;

namespace GeminiBatch.Scaffolding;

/// <summary>Reads one schema, JSON Schema of any draft or Gemini's dialect, into a node.</summary>
internal sealed partial class SchemaReader(SchemaLibrary library, NoteList notes)
{
    /// <summary>Keywords that do not narrow what a value may be: beside a reference they leave it a reference.</summary>
    private static readonly HashSet<string> Annotations = new(StringComparer.Ordinal)
    {
        "title", "description", "default", "nullable", "deprecated", "readOnly", "writeOnly", "example", "examples", "propertyOrdering",
        "$defs", "defs", "definitions", "components", "$schema", "$id", "id", "$anchor", "$comment", "$vocabulary", "xml", "externalDocs",
    };

    public SchemaNode Read(JsonElement element, string pointer)
    {
        var node = new SchemaNode(pointer);
        if (element.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            node.AllowsNothing = element.ValueKind == JsonValueKind.False;
            return node;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new ScaffoldingException(pointer, $"A schema is an object, true or false, and this is {Name(element.ValueKind)}.");
        }

        var bases = new List<SchemaNode>();
        var narrows = false;
        foreach (var member in element.EnumerateObject())
        {
            var at = JsonPointers.Append(pointer, member.Name);
            if (member.Name is "$ref" or "ref" or "$dynamicRef" or "$recursiveRef")
            {
                bases.Add(new SchemaNode(at) { Reference = library.Target(Text(member.Value, at), at) });
            }
            else if (member.Name == "allOf")
            {
                bases.AddRange(Schemas(member.Value, at));
            }
            else
            {
                ReadKeyword(node, member.Name, member.Value, at);
                narrows |= !Annotations.Contains(member.Name) && !member.Name.StartsWith("x-", StringComparison.Ordinal)
                    && member.Name is not ("anyOf" or "oneOf" or "discriminator");
            }
        }

        OrderProperties(node, element);
        AddNamesOfValues(node, element);
        Compose(node, bases, narrows);
        ApplyAssertions(node, element);
        return node;
    }

    /// <summary>Folds in what the node is built on: a plain reference stays one, anything else is merged.</summary>
    private void Compose(SchemaNode node, List<SchemaNode> bases, bool narrows)
    {
        var choices = node.Alternatives.Where(alternative => !alternative.IsNull).ToList();
        if (choices.Count < node.Alternatives.Count)
        {
            node.Nullable = true;
            node.Alternatives.Clear();
            node.Alternatives.AddRange(choices);
        }

        if (choices.Count == 0 && node.Nullable && bases.Count == 0 && node.AllowsAnything)
        {
            node.Types = JsonTypes.Null;
        }

        if (choices.Count == 1)
        {
            node.Alternatives.Clear();
            bases.Add(choices[0]);
        }
        else if (choices.Count > 1 && (node.Properties.Count > 0 || node.Items is not null || node.Literals is not null || bases.Count > 0))
        {
            notes.Add(node.Pointer, "anyOf", "Alternatives beside other rules are not checked.");
            node.Alternatives.Clear();
        }

        if (bases is [var only] && !narrows && node.Alternatives.Count == 0)
        {
            node.Reference = only.Reference ?? only.Pointer;
            node.Nullable |= only.Nullable;
            node.Description ??= only.Description;
            return;
        }

        foreach (var each in bases)
        {
            Absorb(node, library.Follow(each));
        }
    }

    private void Absorb(SchemaNode node, SchemaNode other)
    {
        node.AllowsNothing |= other.AllowsNothing;
        node.Types = Intersection(node, other);
        node.Title ??= other.DefinitionName ?? other.Title;
        node.Description ??= other.Description;
        node.Format ??= other.Format;
        node.Default ??= other.Default;
        node.Items ??= other.Items;
        node.AdditionalProperties ??= other.AdditionalProperties;
        node.PropertyNames ??= other.PropertyNames;
        node.Discriminator ??= other.Discriminator;
        node.MultipleOf ??= other.MultipleOf;
        node.UniqueItems |= other.UniqueItems;
        node.Literals = node.Literals is null ? other.Literals
            : other.Literals is null ? node.Literals
            : node.Literals.FindAll(literal => other.Literals.Exists(match => JsonElement.DeepEquals(match.Value, literal.Value)));
        AbsorbBounds(node, other);

        foreach (var property in other.Properties)
        {
            if (!node.Properties.Exists(known => known.Name == property.Name))
            {
                node.Properties.Add(property);
            }
            else
            {
                notes.Add(property.Schema.Pointer, "allOf", $"The property '{property.Name}' is described twice; the first description is used.");
            }
        }

        node.Required.AddRange(other.Required.Except(node.Required, StringComparer.Ordinal).ToList());
        if (node.Alternatives.Count == 0)
        {
            node.Alternatives.AddRange(other.Alternatives);
        }
        else if (other.Alternatives.Count > 0)
        {
            notes.Add(node.Pointer, "allOf", "Of several sets of alternatives only the first is used.");
        }
    }

    private static void AbsorbBounds(SchemaNode node, SchemaNode other)
    {
        if (other.Minimum > node.Minimum || node.Minimum is null)
        {
            (node.Minimum, node.MinimumIsExclusive) = (other.Minimum, other.MinimumIsExclusive);
        }

        if (other.Maximum < node.Maximum || node.Maximum is null)
        {
            (node.Maximum, node.MaximumIsExclusive) = (other.Maximum, other.MaximumIsExclusive);
        }

        node.Pattern ??= other.Pattern;
        node.MinLength = Largest(node.MinLength, other.MinLength);
        node.MinItems = Largest(node.MinItems, other.MinItems);
        node.MinProperties = Largest(node.MinProperties, other.MinProperties);
        node.MaxLength = Smallest(node.MaxLength, other.MaxLength);
        node.MaxItems = Smallest(node.MaxItems, other.MaxItems);
        node.MaxProperties = Smallest(node.MaxProperties, other.MaxProperties);
    }

    private static int? Largest(int? one, int? other) => one is null || other > one ? other : one;

    private static int? Smallest(int? one, int? other) => one is null || other < one ? other : one;

    private static JsonTypes Intersection(SchemaNode node, SchemaNode other)
    {
        if (node.Types == JsonTypes.None || other.Types == JsonTypes.None)
        {
            return node.Types | other.Types;
        }

        var both = node.Types & other.Types;
        if (((node.Types | other.Types) & JsonTypes.Numeric) == JsonTypes.Numeric && (node.Types & JsonTypes.Numeric) != 0 && (other.Types & JsonTypes.Numeric) != 0)
        {
            both |= JsonTypes.Integer;
        }

        return both != JsonTypes.None ? both
            : throw new ScaffoldingException(node.Pointer, "No value can be of both types that allOf asks for.");
    }

    private List<SchemaNode> Schemas(JsonElement list, string pointer) =>
        list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select((item, index) => library.Read(item, JsonPointers.Append(pointer, index))).ToList()
            : throw new ScaffoldingException(pointer, "A list of schemas is needed here.");

    private static string Text(JsonElement value, string pointer) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw new ScaffoldingException(pointer, $"A string is needed here, and this is {Name(value.ValueKind)}.");

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
