namespace GeminiBatch;

/// <summary>One sending of a document's row, as the ledger keeps it.</summary>
public sealed record ExtractionAttempt
{
    /// <summary>Its number, from 1.</summary>
    public int Number { get; init; }

    /// <summary>Why it brought no value; <see langword="null"/> for the one that did.</summary>
    public string? Reason { get; init; }

    /// <summary>The model's text as it came; <see langword="null"/> when there was none.</summary>
    public string? RawAnswer { get; init; }

    /// <summary>Its tokens; <see langword="null"/> when the backend reported none.</summary>
    public GeminiUsage? Usage { get; init; }

    /// <summary>US dollars by the catalogue's prices; <see langword="null"/> when nothing came back, or a price is unknown.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The model that answered, as it names itself.</summary>
    public string? ModelVersion { get; init; }
}
