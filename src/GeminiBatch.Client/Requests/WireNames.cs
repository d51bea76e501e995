namespace GeminiBatch;

/// <summary>The wire's names of enum values (protocol: 6). Those of an enum of ours stand in its order, behind the name for "unspecified".</summary>
internal static class WireNames
{
    internal static readonly string[] ThinkingLevels = ["THINKING_LEVEL_UNSPECIFIED", "MINIMAL", "LOW", "MEDIUM", "HIGH"];

    internal static readonly string[] MediaResolutions = ["MEDIA_RESOLUTION_UNSPECIFIED", "MEDIA_RESOLUTION_LOW", "MEDIA_RESOLUTION_MEDIUM", "MEDIA_RESOLUTION_HIGH"];

    internal static readonly string[] Modalities = ["MODALITY_UNSPECIFIED", "TEXT", "IMAGE", "AUDIO", "VIDEO"];

    internal static readonly string[] HarmCategories =
    [
        "HARM_CATEGORY_HARASSMENT", "HARM_CATEGORY_HATE_SPEECH", "HARM_CATEGORY_SEXUALLY_EXPLICIT", "HARM_CATEGORY_DANGEROUS_CONTENT", "HARM_CATEGORY_CIVIC_INTEGRITY",
    ];

    internal static readonly string[] HarmThresholds =
    [
        "HARM_BLOCK_THRESHOLD_UNSPECIFIED", "BLOCK_LOW_AND_ABOVE", "BLOCK_MEDIUM_AND_ABOVE", "BLOCK_ONLY_HIGH", "BLOCK_NONE", "OFF",
    ];

    internal static readonly string[] TaskTypes =
    [
        "TASK_TYPE_UNSPECIFIED", "RETRIEVAL_QUERY", "RETRIEVAL_DOCUMENT", "SEMANTIC_SIMILARITY", "CLASSIFICATION", "CLUSTERING", "QUESTION_ANSWERING", "FACT_VERIFICATION", "CODE_RETRIEVAL_QUERY",
    ];

    internal static string ThinkingLevel(GeminiThinkingLevel level) => Name(ThinkingLevels, (int)level);

    internal static GeminiThinkingLevel? ThinkingLevel(string? name) => (GeminiThinkingLevel?)Value(ThinkingLevels, name);

    internal static string MediaResolution(GeminiMediaResolution resolution) => Name(MediaResolutions, (int)resolution);

    internal static GeminiMediaResolution? MediaResolution(string? name) => (GeminiMediaResolution?)Value(MediaResolutions, name);

    private static string Name(string[] names, int value) => value >= 0 && value + 1 < names.Length
        ? names[value + 1]
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"There are {string.Join(", ", names[1..])}.");

    private static int? Value(string[] names, string? name) => Array.FindIndex(names, 1, known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index ? index - 1 : null;
}
