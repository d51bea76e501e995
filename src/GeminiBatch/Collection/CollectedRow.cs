namespace GeminiBatch;

/// <summary>One result row as collection decided on it.</summary>
internal sealed record CollectedRow
{
    public long? Row { get; init; }

    public bool Succeeded { get; init; }

    public string? Reason { get; init; }

    public RetryAdvice Advice { get; init; }

    public IReadOnlyList<AnswerRepair> Repairs { get; init; } = [];

    public GeminiUsage? Usage { get; init; }

    /// <summary>What the row cost by the catalogue; <see langword="null"/> when a price is unknown.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Whether another model answered than was asked.</summary>
    public bool IsOtherModel { get; init; }
}
