namespace GeminiBatch;

/// <summary>One result row as collection decided on it.</summary>
internal sealed record CollectedRow
{
    public long? Row { get; init; }

    /// <summary>The model that was asked.</summary>
    public string Model { get; init; } = "";

    /// <summary>The model that answered, as it names itself.</summary>
    public string? ModelVersion { get; init; }

    public bool Succeeded { get; init; }

    public string? Reason { get; init; }

    public RetryAdvice Advice { get; init; }

    /// <summary>The backend's code of a row error.</summary>
    public int? ErrorCode { get; init; }

    public IReadOnlyList<AnswerRepair> Repairs { get; init; } = [];

    public GeminiUsage? Usage { get; init; }

    /// <summary>The local estimate of the row's input tokens, to be compared with the backend's count.</summary>
    public long EstimatedTokens { get; init; }

    /// <summary>What the row cost by the catalogue, search included; <see langword="null"/> when a price is unknown.</summary>
    public decimal? Cost { get; init; }

    public int Searches { get; init; }

    public decimal SearchCost { get; init; }

    /// <summary>Whether another model answered than was asked.</summary>
    public bool IsOtherModel { get; init; }

    /// <summary>Whether it shows no search and no source.</summary>
    public bool IsUngrounded { get; init; }

    /// <summary>Whether the model could search.</summary>
    public bool CouldSearch { get; init; }

    /// <summary>Whether other metadata came back than any of its documents has.</summary>
    public bool IsOtherMetadata { get; init; }

    /// <summary>Its name among the outcomes that decide whether the run goes on.</summary>
    public string OutcomeName => Succeeded
        ? FailureGate.Succeeded
        : FailureGate.NameOf(Reason!, ErrorCode, Advice);
}
