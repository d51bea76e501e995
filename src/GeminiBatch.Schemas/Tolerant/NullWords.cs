using System.Text;

namespace GeminiBatch;

/// <summary>What people write where there is nothing to write.</summary>
internal static class NullWords
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "", "null", "none", "nil", "n/a", "n.a.", "na", "n/k", "nan", "undefined", "unknown", "not available", "not specified", "-", "--", "–", "—", "?",
    };

    public static bool Contains(ReadOnlySpan<byte> text) => Words.Contains(Encoding.UTF8.GetString(text));
}
