using System.Globalization;
using System.Text;

namespace GeminiBatch.Scaffolding;

/// <summary>C# literals.</summary>
internal static class Literals
{
    /// <summary>A string literal: verbatim where backslashes are all that would need an escape, else regular.</summary>
    public static string Text(string value)
    {
        if (value.Contains('\\', StringComparison.Ordinal) && IsPlain(value.Replace("\\", "", StringComparison.Ordinal)))
        {
            return $"@\"{value}\"";
        }

        var literal = new StringBuilder("\"");
        foreach (var character in value.EnumerateRunes())
        {
            literal.Append(character.Value switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when IsPlain(character) => character.ToString(),
                <= char.MaxValue => FormattableString.Invariant($"\\u{character.Value:x4}"),
                _ => FormattableString.Invariant($"\\U{character.Value:x8}"),
            });
        }

        return literal.Append('"').ToString();
    }

    /// <summary>A <see cref="double"/> literal that cannot be taken for an integer.</summary>
    public static string Double(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.All(character => char.IsAsciiDigit(character) || character == '-') ? text + ".0" : text;
    }

    public static string Decimal(decimal value) => value.ToString(CultureInfo.InvariantCulture) + "m";

    public static string Integer(decimal value) => value.ToString("F0", CultureInfo.InvariantCulture);

    /// <summary>Whether a text stands for itself in a literal.</summary>
    public static bool IsPlain(string text) => text.EnumerateRunes().All(IsPlain);

    private static bool IsPlain(Rune character) => character.Value is not ('"' or '\\') && Rune.GetUnicodeCategory(character) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
