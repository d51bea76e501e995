namespace GeminiBatch;

/// <summary>The value of an enum that a text stands for.</summary>
/// <param name="Value">Its index; -1 when none or several fit.</param>
/// <param name="Rivals">The values that fit equally well, when there are several.</param>
internal readonly record struct EnumMatch(int Value, string? Rivals)
{
    private const int LongestText = 400;
    private const int LongestSentence = 100_000;

    public static EnumMatch None { get; } = new(-1, null);

    /// <summary>Finds a value by alias and C# name, then folded, then by description, then by a name in front of a description, then by a slip of the pen.</summary>
    public static EnumMatch Find(EnumTexts values, string text, bool sentences, bool slips = true)
    {
        if (text.Length > LongestText)
        {
            return sentences && text.Length <= LongestSentence ? EnumMention.Find(values, text) : None;
        }

        if (values.Alias(text) is var alias and >= 0)
        {
            return new EnumMatch(alias, null);
        }

        string folded = NameFolding.Fold(text);
        if (folded.Length == 0)
        {
            return ByDescription(values, text.Trim());
        }

        if (values.Folded(folded) is var named and >= 0 && values.Names[named].Any(name => NameFolding.Fold(name) == folded && TextFigures.AreSame(text, name)))
        {
            return new EnumMatch(named, null);
        }

        if (values.Described(folded) is var described and >= 0)
        {
            return new EnumMatch(described, null);
        }

        EnumMatch match = Only(values, (index, value) => values.Names[index].Any(name => LeadsDescription(text, name, value)));
        if (match == None && sentences)
        {
            match = EnumMention.Find(values, text);
        }

        return match == None && slips ? EnumSlip.Find(values, folded) : match;
    }

    private static EnumMatch ByDescription(EnumTexts values, string text) =>
        text.Length == 0 ? None : Only(values, (_, value) => string.Equals(value.Description, text, StringComparison.Ordinal));

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

    private static EnumMatch Only(EnumTexts values, Func<int, SchemaEnumValue, bool> fits)
    {
        List<int> found = [.. Enumerable.Range(0, values.Values.Count).Where(index => fits(index, values.Values[index]))];
        return found.Count == 1 ? new EnumMatch(found[0], null) : Rivalry(values, found);
    }

    public static EnumMatch Rivalry(EnumTexts values, IReadOnlyList<int> found) =>
        found.Count == 0 ? None : new EnumMatch(-1, string.Join(" or ", found.Select(index => values.Values[index].JsonName)));
}
