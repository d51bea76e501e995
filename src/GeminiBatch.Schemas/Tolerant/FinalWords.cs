using System.Text;

namespace GeminiBatch;

/// <summary>Words by which a text says that what follows replaces what stood before.</summary>
internal static class FinalWords
{
    private const int Longest = 200;

    private static readonly string[] Words =
    [
        "final", "corrected", "correction", "revised", "revision", "updated", "improved", "fixed", "instead", "actual answer",
        "endgültig", "korrigiert", "corrigé", "corregid", "corrett", "définiti", "definitiv",
    ];

    public static bool Precede(ReadOnlySpan<byte> between)
    {
        string text = Encoding.UTF8.GetString(between.Length > Longest ? between[^Longest..] : between);
        return Words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
