using System.Text;

namespace GeminiBatch;

/// <summary>Recognises prose in which a model declines, by the words with which such prose begins.</summary>
internal static class Refusal
{
    private const int Beginning = 120;

    private static readonly string[] Words =
    [
        "i'm sorry", "i am sorry", "sorry, ", "i cannot", "i can't", "i can not", "i'm unable", "i am unable", "i'm not able", "i am not able", "i won't", "i will not",
        "as an ai", "unfortunately, i", "es tut mir leid", "ich kann nicht", "je suis désolé", "je ne peux pas", "lo siento", "no puedo",
    ];

    public static bool Is(ReadOnlySpan<byte> text)
    {
        text = WhiteSpace.Trim(text);
        string beginning = Encoding.UTF8.GetString(text[..Math.Min(text.Length, Beginning)]).Replace('’', '\'');
        return Words.Any(word => beginning.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
