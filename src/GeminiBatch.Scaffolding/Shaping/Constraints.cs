using System.Text.Json;

namespace GeminiBatch.Scaffolding;

/// <summary>Rules on values as attributes.</summary>
internal sealed class Constraints(NoteList notes)
{
    /// <summary>The attributes that say what a schema asks of a member beyond its type.</summary>
    public IEnumerable<Annotation> Of(SchemaNode node, CSharpType type)
    {
        foreach (var (keyword, text) in Rules(node, type))
        {
            if (text is null)
            {
                notes.Add(node.Pointer, keyword, $"The rule cannot be put on a {type.Name} and is not checked.");
            }
            else
            {
                yield return Annotation.Constraint(text);
            }
        }
    }

    /// <summary>Notes the rules of a value that no attribute can stand on: an item, a map's value, a root.</summary>
    public void NoteLost(SchemaNode node, CSharpType type)
    {
        foreach (var (keyword, _) in Rules(node, type))
        {
            notes.Add(node.Pointer, keyword, "The rule has no property to stand on and is not checked.");
        }
    }

    private static IEnumerable<(string Keyword, string? Text)> Rules(SchemaNode node, CSharpType type)
    {
        if (node.Minimum is not null || node.Maximum is not null)
        {
            yield return (node.Minimum is not null ? "minimum" : "maximum", Ranges.Text(node, type));
        }

        if (node.MultipleOf is not null)
        {
            yield return ("multipleOf", null);
        }

        if (node.MinLength is not null || node.MaxLength is not null)
        {
            yield return (node.MinLength is not null ? "minLength" : "maxLength", type.Kind == TypeKind.String ? Length(node.MinLength, node.MaxLength) : null);
        }

        if (node.MinItems is not null || node.MaxItems is not null)
        {
            yield return (node.MinItems is not null ? "minItems" : "maxItems", type.Kind is TypeKind.List or TypeKind.Set ? Length(node.MinItems, node.MaxItems) : null);
        }

        if (node.MinProperties is not null || node.MaxProperties is not null)
        {
            yield return (node.MinProperties is not null ? "minProperties" : "maxProperties", type.Kind == TypeKind.Map ? Length(node.MinProperties, node.MaxProperties) : null);
        }

        if (node.UniqueItems && type.Kind != TypeKind.Set)
        {
            yield return ("uniqueItems", null);
        }

        if (node.Pattern is { } pattern)
        {
            yield return ("pattern", type.Kind == TypeKind.String ? Patterns.Whole(pattern) is { } whole ? $"RegularExpression({Literals.Text(whole)})" : null : null);
        }

        if (node.Format is "email" or "idn-email" && type.Kind == TypeKind.String)
        {
            yield return ("format", "EmailAddress");
        }

        if (node.Literals?.Where(literal => literal.Value.ValueKind != JsonValueKind.Null).ToList() is { Count: > 0 } literals && type.Kind != TypeKind.Enum)
        {
            var values = literals.Select(literal => Defaults.Constant(literal.Value, type.Kind == TypeKind.Any ? TypeOf(literal.Value) : type)).ToList();
            yield return ("enum", values.Contains(null) || type.Kind == TypeKind.Decimal ? null : $"AllowedValues({string.Join(", ", values)})");
        }
    }

    /// <summary>The type of one value among values of several kinds.</summary>
    private static CSharpType TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => CSharpType.String,
        JsonValueKind.Number => Defaults.Constant(value, CSharpType.Int64) is null ? CSharpType.Double : CSharpType.Int64,
        JsonValueKind.True or JsonValueKind.False => CSharpType.Boolean,
        _ => CSharpType.Any,
    };

    private static string Length(int? minimum, int? maximum) => FormattableString.Invariant((minimum, maximum) switch
    {
        ({ } least, { } most) => $"Length({least}, {most})",
        ({ } least, null) => $"MinLength({least})",
        _ => $"MaxLength({maximum})",
    });
}
