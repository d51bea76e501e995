using System.Globalization;
using System.Text;

namespace GeminiBatch.Scaffolding;

/// <summary>C# literals.</summary>
internal static class Literals
{
    /// <summary>A string literal: verbatim where backslashes are all that would need an escape, else regular.</summary>
    public static string Text(string value)
    {
        if (value.Contains('\\', StringComparison.Ordinal) && value.All(character => IsPlain(character) || character is '\\'))
        {
            return $"@\"{value}\"";
        }

        var literal = new StringBuilder("\"");
        foreach (var character in value)
        {
            literal.Append(character switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when IsPlain(character) => character.ToString(),
                _ => FormattableString.Invariant($"\\u{(int)character:x4}"),
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

    /// <summary>Whether a character stands for itself in a literal and in a comment.</summary>
    public static bool IsPlain(char character) => character is not ('"' or '\\') && CharUnicodeInfo.GetUnicodeCategory(character) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
