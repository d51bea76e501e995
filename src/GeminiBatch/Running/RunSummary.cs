namespace GeminiBatch;

/// <summary>How a run stands when its driving ended. <c>Planned = Succeeded + Failed + Pending</c>, always.</summary>
public sealed record RunSummary
{
    /// <summary>The run's name.</summary>
    public required string Run { get; init; }

    /// <summary>Items of the run, a document in sections counted by section; superseded ones are not among them.</summary>
    public long Planned { get; init; }

    /// <summary>Items with an answer that fits the schema.</summary>
    public long Succeeded { get; init; }

    /// <summary>Items that ended with a named reason.</summary>
    public long Failed { get; init; }

    /// <summary>Items still to be sent or answered.</summary>
    public long Pending { get; init; }

    /// <summary>Jobs created by this handle; 0 on a second run over the same documents.</summary>
    public long JobsSubmitted { get; init; }

    /// <summary>Distinct rows behind the items.</summary>
    public long Rows { get; init; }

    /// <summary>Tokens of every attempt of every row, as billed.</summary>
    public required GeminiUsage Usage { get; init; }

    /// <summary>US dollars by the backend's token counts and the catalogue's prices; <see langword="null"/> when a price is unknown.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The same by what is paid for, at today's prices; <see langword="null"/> when documents have models of their own.</summary>
    public RunCost? CostByPart { get; init; }

    /// <summary>What the run was estimated at before its first row was sent, for comparison with <see cref="Cost"/>; <see langword="null"/> when a price was unknown.</summary>
    public decimal? EstimatedCost { get; init; }

    /// <summary>Items that took the answer of another run of the ledger.</summary>
    public long Cached { get; init; }

    /// <summary>Search queries that answers show; more may be billed.</summary>
    public long SearchQueries { get; init; }

    /// <summary>Whether nothing more is sent until the run is continued.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Time spent driving in this handle.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Failed items by reason.</summary>
    public IReadOnlyDictionary<string, long> FailuresByReason { get; init; } = new Dictionary<string, long>(0);

    /// <summary>Repairs in accepted answers, by <see cref="AnswerRepairKind"/> name.</summary>
    public IReadOnlyDictionary<string, long> RepairsByKind { get; init; } = new Dictionary<string, long>(0);

    /// <summary>What is worth knowing besides, for example rows answered by another model than was asked.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
