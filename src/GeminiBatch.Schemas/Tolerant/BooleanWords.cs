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

    public static bool? Find(ReadOnlySpan<byte> text)
    {
        text = WhiteSpace.Trim(text).TrimEnd((byte)'.');
        if (text.Length > 16)
        {
            return null;
        }

        string word = Encoding.UTF8.GetString(text);
        return True.Contains(word) ? true : False.Contains(word) ? false : null;
    }
}
