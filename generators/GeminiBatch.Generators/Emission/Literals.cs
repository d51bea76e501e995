using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace GeminiBatch.Generators;

/// <summary>Text of any origin as C# that means exactly that text.</summary>
internal static class Literals
{
    public static string String(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>A UTF-8 literal on one line.</summary>
    public static string ShortUtf8(string text) => String(WithoutLoneSurrogates(text)) + "u8";

    /// <summary>A literal: raw where the text can be shown as it is, escaped otherwise.</summary>
    public static string Text(string text, string indent)
    {
        if (!IsPlain(text))
        {
            return String(WithoutLoneSurrogates(text));
        }

        var quotes = new string('"', Math.Max(3, LongestQuotes(text) + 1));
        if (text.IndexOf('\n') < 0 && text[0] != '"' && text[text.Length - 1] != '"')
        {
            return $"{quotes}{text}{quotes}";
        }

        var lines = new StringBuilder(quotes).Append('\n');
        foreach (var line in text.Split('\n'))
        {
            lines.Append(line.Length == 0 ? "" : indent).Append(line).Append('\n');
        }

        return lines.Append(indent).Append(quotes).ToString();
    }

    public static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    public static string Camel(string name)
    {
        // As System.Text.Json does: "IBAN" is "iban", "IOStream" is "ioStream".
        var characters = name.ToCharArray();
        for (var i = 0; i < characters.Length && char.IsUpper(characters[i]); i++)
        {
            if (i > 0 && i + 1 < characters.Length && !char.IsUpper(characters[i + 1]))
            {
                break;
            }

            characters[i] = char.ToLowerInvariant(characters[i]);
        }

        return new string(characters);
    }

    private static bool IsPlain(string text)
    {
        foreach (var character in text)
        {
            if (character != '\n' && !IsPlain(character))
            {
                return false;
            }
        }

        return text.Length > 0;
    }

    private static bool IsPlain(char character) => character is >= ' ' and < '\u007f' || (
        character > '\u007f' && character is not ('\u0085' or '\u2028' or '\u2029' or '\ufeff') && !char.IsSurrogate(character)
        && !char.IsControl(character));

    private static int LongestQuotes(string text)
    {
        var longest = 0;
        var current = 0;
        foreach (var character in text)
        {
            current = character == '"' ? current + 1 : 0;
            longest = Math.Max(longest, current);
        }

        return longest;
    }

    private static string WithoutLoneSurrogates(string text)
    {
        var characters = text.ToCharArray();
        for (var i = 0; i < characters.Length; i++)
        {
            if (char.IsHighSurrogate(characters[i]) && i + 1 < characters.Length && char.IsLowSurrogate(characters[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(characters[i]))
            {
                characters[i] = '\ufffd';
            }
        }

        return new string(characters);
    }
}
