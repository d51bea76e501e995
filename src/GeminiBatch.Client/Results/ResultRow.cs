namespace GeminiBatch;

/// <summary>What one result row says.</summary>
public sealed record ResultRow
{
    /// <summary>The row's key, or null when it has none; then it cannot be joined, least of all by position (protocol: 10, no. 2).</summary>
    public string? Key { get; init; }

    /// <summary>How the row ended.</summary>
    public required RowOutcome Outcome { get; init; }

    /// <summary>The answer's text: thoughts dropped, parts joined, nothing trimmed. Present also when the outcome is no answer, as far as there is text.</summary>
    public string AnswerText { get; init; } = "";

    /// <summary>The finish reason as the service gave it, an integer as its name; null when there was none.</summary>
    public string? FinishReasonText { get; init; }

    /// <summary>The model that answered, as the service names it. Compare it with the one asked for (protocol: 10, no. 41).</summary>
    public string? ModelVersion { get; init; }

    /// <summary>What the answer rests on; null when the row does not say.</summary>
    public GeminiGrounding? Grounding { get; init; }

    /// <summary>Tokens, or null when the row does not say.</summary>
    public GeminiUsage? Usage { get; init; }

    /// <summary>gRPC code of a row error, such as 13; null otherwise or when not given.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>The service's words for an error, a block or a finish reason; null when there are none.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The service's id of the answer, or null.</summary>
    public string? ResponseId { get; init; }

    /// <summary>The vector, where the row was asked for an embedding; empty otherwise.</summary>
    public ReadOnlyMemory<float> Embedding { get; init; }

    /// <summary>The document's metadata that travelled with the row, as one flat JSON object with names in ordinal order; null when none did (protocol: 3.5, 2.2).</summary>
    public string? Metadata { get; init; }
}
