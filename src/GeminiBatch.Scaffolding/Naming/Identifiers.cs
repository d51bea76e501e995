using System.Globalization;
using System.Text;

namespace GeminiBatch.Scaffolding;

/// <summary>C# names made of any text.</summary>
internal static class Identifiers
{
    /// <summary>
    /// The Pascal-case form of a name: words at separators and changes of case, all-capital words toned down. Null when nothing of the
    /// text can stand in a name.
    /// </summary>
    public static string? Pascal(string text)
    {
        var name = new StringBuilder();
        foreach (var word in Words(text))
        {
            name.Append(char.ToUpperInvariant(word[0])).Append(word.Length > 1 && word.All(IsUpperOrDigit) && !word.Any(char.IsDigit) ? word[1..].ToLowerInvariant() : word[1..]);
        }

        return name.Length == 0 ? null : char.IsLetter(name[0]) ? name.ToString() : "Value" + name;
    }

    /// <summary>The name of one thing from the name of many: <c>Lines</c> gives <c>Line</c>.</summary>
    public static string Singular(string name) => name switch
    {
        [.. var stem, 'i', 'e', 's'] when stem.Length > 2 => stem + "y",
        [.., 's', 's'] or [.., 'u', 's'] or [.., 'i', 's'] => name,
        [.. var stem, 's'] when stem.Length > 1 => stem,
        _ => name,
    };

    /// <summary>Whether a member of this name has the JSON name without being told: the policy that lowers the first letter.</summary>
    public static bool IsCamelCaseOf(string jsonName, string memberName) =>
        jsonName.Length > 0 && jsonName == char.ToLowerInvariant(memberName[0]) + memberName[1..] && !(memberName.Length > 1 && char.IsUpper(memberName[1]));

    public static bool IsIdentifier(string text) =>
        text.Length > 0 && (char.IsLetter(text[0]) || text[0] == '_') && text.All(IsPart) && !Keywords.Contains(text);

    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default",
        "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto",
        "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out",
        "override", "params", "private", "protected", "public", "readonly", "record", "ref", "required", "return", "sbyte", "sealed", "short",
        "sizeof", "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked",
        "unsafe", "ushort", "using", "virtual", "void", "volatile", "while", "file", "scoped", "var", "dynamic", "nint", "nuint", "_",
    };

    private static IEnumerable<string> Words(string text)
    {
        var clean = IsWellFormed(text) ? text.Normalize(NormalizationForm.FormC) : text;
        var word = new StringBuilder();
        for (var index = 0; index < clean.Length; index++)
        {
            var current = clean[index];
            var starts = word.Length > 0
                && char.IsUpper(current)
                && (char.IsLower(clean[index - 1]) || (index + 1 < clean.Length && char.IsLower(clean[index + 1]) && char.IsUpper(clean[index - 1])));
            if ((starts || !IsPart(current) || current == '_') && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }

            if (IsPart(current) && current != '_' && (word.Length > 0 || !IsMark(current)))
            {
                word.Append(current);
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    private static bool IsUpperOrDigit(char character) => char.IsUpper(character) || char.IsDigit(character);

    private static bool IsWellFormed(string text) => !text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') && !text.Contains('\ufffe', StringComparison.Ordinal) && !text.Contains('\uffff', StringComparison.Ordinal);

    private static bool IsMark(char character) =>
        CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsPart(char character) => CharUnicodeInfo.GetUnicodeCategory(character) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber or UnicodeCategory.DecimalDigitNumber
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        || character == '_';
}
