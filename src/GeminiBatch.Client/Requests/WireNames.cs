namespace GeminiBatch;

/// <summary>The wire's names of enum values, both ways (protocol: 6).</summary>
internal static class WireNames
{
    internal static string ThinkingLevel(GeminiThinkingLevel level) => level switch
    {
        GeminiThinkingLevel.Minimal => "MINIMAL",
        GeminiThinkingLevel.Low => "LOW",
        GeminiThinkingLevel.Medium => "MEDIUM",
        GeminiThinkingLevel.High => "HIGH",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "This is no thinking level."),
    };

    internal static GeminiThinkingLevel? ThinkingLevel(string? name) => name?.ToUpperInvariant() switch
    {
        "MINIMAL" => GeminiThinkingLevel.Minimal,
        "LOW" => GeminiThinkingLevel.Low,
        "MEDIUM" => GeminiThinkingLevel.Medium,
        "HIGH" => GeminiThinkingLevel.High,
        _ => null,
    };

    internal static string MediaResolution(GeminiMediaResolution resolution) => resolution switch
    {
        GeminiMediaResolution.Low => "MEDIA_RESOLUTION_LOW",
        GeminiMediaResolution.Medium => "MEDIA_RESOLUTION_MEDIUM",
        GeminiMediaResolution.High => "MEDIA_RESOLUTION_HIGH",
        _ => throw new ArgumentOutOfRangeException(nameof(resolution), resolution, "This is no media resolution."),
    };

    internal static GeminiMediaResolution? MediaResolution(string? name) => name switch
    {
        "MEDIA_RESOLUTION_LOW" => GeminiMediaResolution.Low,
        "MEDIA_RESOLUTION_MEDIUM" => GeminiMediaResolution.Medium,
        "MEDIA_RESOLUTION_HIGH" => GeminiMediaResolution.High,
        _ => null,
    };
}
