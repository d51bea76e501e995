using System.Text;

namespace GeminiBatch;

/// <summary>Words that mean true or false in every context.</summary>
internal static class BooleanWords
{
    private static readonly HashSet<string> True = new(StringComparer.OrdinalIgnoreCase)
    {
        "true", "yes", "y", "1", "1.0", "t", "on", "ja", "oui", "si", "sí", "sì", "sim", "tak", "да", "是", "はい", "✓", "✔", "☑", "checked",
    };

    private static readonly HashSet<string> False = new(StringComparer.OrdinalIgnoreCase)
    {
        "false", "no", "n", "0", "0.0", "f", "off", "nein", "non", "não", "nao", "nee", "nie", "нет", "否", "いいえ", "✗", "✘", "☐", "unchecked",
    };

    /// <summary>The boolean that a text means; null when it means none, or both.</summary>
    /// <param name="text">The text.</param>
    /// <param name="sentences">Whether the word may stand in a sentence: then only true and false themselves count.</param>
    public static bool? Find(ReadOnlySpan<byte> text, bool sentences)
    {
        ReadOnlySpan<byte> word = WhiteSpace.Trim(text).TrimEnd((byte)'.');
        if (word.Length <= 16)
        {
            string folded = Encoding.UTF8.GetString(word);
            if (True.Contains(folded) || False.Contains(folded))
            {
                return True.Contains(folded);
            }
        }

        if (!sentences)
        {
            return null;
        }

        bool isTrue = Mentions(text, "true"u8);
        return isTrue != Mentions(text, "false"u8) ? isTrue : null;
    }

    private static bool Mentions(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        for (int at = 0; at + word.Length <= text.Length; at++)
        {
            int next = text[at..].IndexOfAny(word[0], (byte)(word[0] & 0xDF));
            if (next < 0)
            {
                return false;
            }

            at += next;
            if (Ascii.EqualsIgnoreCase(text[at..Math.Min(text.Length, at + word.Length)], word) &&
                (at == 0 || !char.IsAsciiLetterOrDigit((char)text[at - 1])) &&
                (at + word.Length == text.Length || !char.IsAsciiLetterOrDigit((char)text[at + word.Length])))
            {
                return true;
            }
        }

        return false;
    }
}
