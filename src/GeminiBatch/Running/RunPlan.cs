namespace GeminiBatch;

/// <summary>What a run will send and what it is estimated to cost. Planning sends nothing.</summary>
public sealed record RunPlan
{
    /// <summary>The run's name.</summary>
    public required string Run { get; init; }

    /// <summary>The recipe's model.</summary>
    public required string Model { get; init; }

    /// <summary>How much the model is told to think: as the request says, else as the catalogue advises for extraction; <see langword="null"/> for the model's own way.</summary>
    public GeminiThinking? Thinking { get; init; }

    /// <summary>Where it will be sent: the backend's kind, account fingerprint and endpoint.</summary>
    public required string Backend { get; init; }

    /// <summary>Documents of this planning pass.</summary>
    public long Documents { get; init; }

    /// <summary>Items of the run, a document in sections counted by section, those of earlier passes included and superseded ones excluded.</summary>
    public long Items { get; init; }

    /// <summary>Distinct rows behind the items: equal content is sent once.</summary>
    public long Rows { get; init; }

    /// <summary>Rows that still have to be sent.</summary>
    public long RowsToSend { get; init; }

    /// <summary>Batch files that the rows to send will make.</summary>
    public long Shards { get; init; }

    /// <summary>Input tokens of the rows to send: an estimate from their length.</summary>
    public long InputTokens { get; init; }

    /// <summary>Output tokens of the rows to send: an estimate, see <see cref="CostBasis"/>.</summary>
    public long OutputTokens { get; init; }

    /// <summary>US dollars for the rows to send: an estimate; <see langword="null"/> when the catalogue has no price.</summary>
    public decimal? EstimatedCost { get; init; }

    /// <summary>The same by what it is paid for.</summary>
    public RunCost EstimatedCostByPart { get; init; } = new();

    /// <summary>Search queries of the rows to send: an estimate; 0 where no tool searches.</summary>
    public decimal SearchQueries { get; init; }

    /// <summary>Items that take the answer of another run of the ledger: nothing is sent or paid for them.</summary>
    public long CachedItems { get; init; }

    /// <summary>What the estimate rests on.</summary>
    public required string CostBasis { get; init; }

    /// <summary>What should be read before going on.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Documents that were not taken, and why. At most the first 1,000 are listed; <see cref="SkippedCount"/> has them all.</summary>
    public IReadOnlyList<SkippedDocument> Skipped { get; init; } = [];

    /// <summary>How many documents were not taken.</summary>
    public long SkippedCount { get; init; }
}
