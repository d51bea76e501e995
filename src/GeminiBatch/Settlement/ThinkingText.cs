using System.Globalization;

namespace GeminiBatch;

/// <summary>A row's own thinking as the ledger keeps it: a level's name or a budget's number.</summary>
internal static class ThinkingText
{
    public static string? Write(GeminiThinking? thinking) => thinking?.Level?.ToString() ?? thinking?.Budget?.ToString(CultureInfo.InvariantCulture);

    public static GeminiThinking? Read(string? text) => text switch
    {
        null => null,
        _ when int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var budget) => new() { Budget = budget },
        _ => new() { Level = Enum.Parse<GeminiThinkingLevel>(text) },
    };
}
