namespace GeminiBatch;

/// <summary>Values of the wire's enums that requests hold (protocol: 6).</summary>
internal static class WireEnums
{
    internal static readonly string[] HarmCategories =
    [
        "HARM_CATEGORY_HARASSMENT", "HARM_CATEGORY_HATE_SPEECH", "HARM_CATEGORY_SEXUALLY_EXPLICIT", "HARM_CATEGORY_DANGEROUS_CONTENT", "HARM_CATEGORY_CIVIC_INTEGRITY",
    ];

    internal static readonly string[] HarmThresholds =
    [
        "HARM_BLOCK_THRESHOLD_UNSPECIFIED", "BLOCK_LOW_AND_ABOVE", "BLOCK_MEDIUM_AND_ABOVE", "BLOCK_ONLY_HIGH", "BLOCK_NONE", "OFF",
    ];

    internal static readonly string[] ThinkingLevels = ["THINKING_LEVEL_UNSPECIFIED", "MINIMAL", "LOW", "MEDIUM", "HIGH"];

    internal static readonly string[] Modalities = ["MODALITY_UNSPECIFIED", "TEXT", "IMAGE", "AUDIO", "VIDEO"];

    internal static readonly string[] MediaResolutions = ["MEDIA_RESOLUTION_UNSPECIFIED", "MEDIA_RESOLUTION_LOW", "MEDIA_RESOLUTION_MEDIUM", "MEDIA_RESOLUTION_HIGH"];

    internal static readonly string[] TaskTypes =
    [
        "TASK_TYPE_UNSPECIFIED", "RETRIEVAL_QUERY", "RETRIEVAL_DOCUMENT", "SEMANTIC_SIMILARITY", "CLASSIFICATION", "CLUSTERING", "QUESTION_ANSWERING", "FACT_VERIFICATION", "CODE_RETRIEVAL_QUERY",
    ];

    internal static void Check(RowCheck row, int node, string[] values)
    {
        if (row.Tree.IsText(node) && row.Tree.Text(node) is { } text && !values.Contains(text, StringComparer.Ordinal))
        {
            row.Report(RequestRules.EnumUnknown, node, $"{row.Tree.Quoted(node)} has a value that is none of {string.Join(", ", values)}.");
        }
    }
}
