namespace GeminiBatch;

/// <summary>A price in US dollars per 1,000,000 tokens (protocol: 8). Null is "not known".</summary>
public sealed record GeminiPrice
{
    /// <summary>First day, or null for ever before.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, or null for ever after.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Applies to prompts of more tokens than this; null for all that no higher limit takes.</summary>
    public long? PromptTokensAbove { get; init; }

    /// <summary>Input, synchronous.</summary>
    public decimal? Input { get; init; }

    /// <summary>Output and thoughts, synchronous.</summary>
    public decimal? Output { get; init; }

    /// <summary>Input in a batch.</summary>
    public decimal? BatchInput { get; init; }

    /// <summary>Output and thoughts in a batch.</summary>
    public decimal? BatchOutput { get; init; }

    /// <summary>Whether it is assumed and not published.</summary>
    public bool IsUncertain { get; init; }

    internal bool AppliesOn(DateOnly date) => (From is null || From <= date) && (Until is null || Until >= date);
}
