using System.Globalization;
using System.Text;

namespace GeminiBatch;

/// <summary>The enum value that a sentence mentions most often: as it is written, then without accents and punctuation, then in any case.</summary>
internal static class EnumMention
{
    public static EnumMatch Find(EnumTexts values, string text)
    {
        foreach (Func<string, string> form in (ReadOnlySpan<Func<string, string>>)[WithoutAccents, WithoutPunctuation, static text => WithoutPunctuation(text).ToLowerInvariant()])
        {
            EnumMatch match = Most(values, form(text), form);
            if (match != EnumMatch.None)
            {
                return match;
            }
        }

        return EnumMatch.None;
    }

    private static EnumMatch Most(EnumTexts values, string text, Func<string, string> form)
    {
        // Names in front of shorter ones that they begin with, so that "car-2" is no mention of "car".
        List<(string Name, int Value)> names = [.. values.Values
            .SelectMany((value, index) => value.Aliases.Prepend(value.JsonName).Select(name => (Name: form(name), Value: index)))
            .Where(static name => name.Name.Length > 0)
            .Distinct()
            .OrderByDescending(static name => name.Name.Length)];
        var mentions = new int[values.Values.Count];
        for (int at = 0; at < text.Length;)
        {
            (string Name, int Value) found = names.Find(name => IsMention(text, at, name.Name));
            if (found.Name is null)
            {
                at++;
                continue;
            }

            mentions[found.Value]++;
            at += found.Name.Length;
        }

        int most = mentions.Length == 0 ? 0 : mentions.Max();
        List<int> best = [.. Enumerable.Range(0, mentions.Length).Where(value => most > 0 && mentions[value] == most)];
        return best.Count == 1 ? new EnumMatch(best[0], null) : EnumMatch.Rivalry(values, best);
    }

    // Whole words only: "none" is no mention of "one".
    private static bool IsMention(string text, int at, string name) =>
        string.CompareOrdinal(text, at, name, 0, name.Length) == 0 && !TextFigures.IsPart(text, at, name.Length) && (at == 0 || !Joins(text[at - 1], name[0])) &&
        (at + name.Length == text.Length || !Joins(name[^1], text[at + name.Length]));

    private static bool Joins(char left, char right) => char.IsLetterOrDigit(left) && char.IsLetterOrDigit(right) && !IsIdeograph(left) && !IsIdeograph(right);

    // Writing without blanks has no word boundaries to look for.
    private static bool IsIdeograph(char c) => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.OtherLetter;

    private static string WithoutAccents(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        foreach (char c in NameFolding.Normalized(text))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                NameFolding.Append(plain, c);
            }
        }

        return plain.ToString();
    }

    private static string WithoutPunctuation(string text)
    {
        text = WithoutAccents(text);
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsLetterOrDigit(text[i]) || char.IsWhiteSpace(text[i]) || char.IsSurrogate(text[i]) || TextFigures.IsKept(text, i))
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }
}
