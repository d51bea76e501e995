namespace GeminiBatch;

/// <summary>The value of an enum that a text stands for.</summary>
/// <param name="Value">The value; null when none or several fit.</param>
/// <param name="Exact">Whether the text is the value's own name.</param>
/// <param name="Rivals">The values that fit equally well, when there are several.</param>
internal readonly record struct EnumMatch(SchemaEnumValue? Value, bool Exact, string? Rivals)
{
    private const int LongestText = 400;

    /// <summary>Finds a value by name, alias and C# name, then folded, then by description, then by a name in front of a description.</summary>
    public static EnumMatch Find(IReadOnlyList<SchemaEnumValue> values, string text, bool coerces)
    {
        foreach (SchemaEnumValue value in values)
        {
            if (string.Equals(value.JsonName, text, StringComparison.Ordinal))
            {
                return new EnumMatch(value, true, null);
            }
        }

        if (!coerces || text.Length > LongestText)
        {
            return default;
        }

        foreach (SchemaEnumValue value in values)
        {
            if (value.Aliases.Contains(text, StringComparer.Ordinal))
            {
                return new EnumMatch(value, false, null);
            }
        }

        string folded = NameFolding.Fold(text);
        if (folded.Length == 0)
        {
            return default;
        }

        EnumMatch match = Only(values, value => Names(value).Any(name => NameFolding.Fold(name) == folded));
        if (match.Value is null && match.Rivals is null)
        {
            match = Only(values, value => value.Description is { Length: > 0 } description && NameFolding.Fold(description) == folded);
        }

        if (match.Value is null && match.Rivals is null)
        {
            match = Only(values, value => Names(value).Any(name => LeadsDescription(text, name, value)));
        }

        return match;
    }

    // "ONE: the description" and "ONE - the description".
    private static bool LeadsDescription(string text, string name, SchemaEnumValue value)
    {
        string trimmed = text.TrimStart();
        if (trimmed.Length <= name.Length || !trimmed.StartsWith(name, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        string rest = trimmed[name.Length..].Trim(' ', ':', '-', '–', '—', '.', '(', ')');
        return rest.Length > 0 && value.Description is { Length: > 0 } description && NameFolding.Fold(rest) == NameFolding.Fold(description);
    }

    private static IEnumerable<string> Names(SchemaEnumValue value) => value.Aliases.Prepend(value.MemberName).Prepend(value.JsonName);

    private static EnumMatch Only(IReadOnlyList<SchemaEnumValue> values, Func<SchemaEnumValue, bool> fits)
    {
        List<SchemaEnumValue> found = [.. values.Where(fits)];
        return found.Count switch
        {
            0 => default,
            1 => new EnumMatch(found[0], false, null),
            _ => new EnumMatch(null, false, string.Join(" or ", found.Select(static value => value.JsonName))),
        };
    }
}
