namespace GeminiBatch;

/// <summary>A snapshot of a run.</summary>
public sealed record RunProgress
{
    /// <summary>The run's name.</summary>
    public required string Run { get; init; }

    /// <summary>What the run is doing.</summary>
    public RunPhase Phase { get; init; }

    /// <summary>Items of the run. While planning: so far.</summary>
    public long Planned { get; init; }

    /// <summary>Items with an answer that fits the schema.</summary>
    public long Succeeded { get; init; }

    /// <summary>Items that ended with a named reason.</summary>
    public long Failed { get; init; }

    /// <summary>Items still to be sent or answered.</summary>
    public long Pending { get; init; }

    /// <summary>Of the pending items, those that are in a job.</summary>
    public long InFlight { get; init; }

    /// <summary>Shards of the run.</summary>
    public long Shards { get; init; }

    /// <summary>Jobs by state, in the protocol's words in lower case: <c>pending</c>, <c>running</c>, <c>succeeded</c>, …</summary>
    public IReadOnlyDictionary<string, long> JobsByState { get; init; } = new Dictionary<string, long>(0);

    /// <summary>Jobs created by this handle.</summary>
    public long JobsSubmitted { get; init; }

    /// <summary>Items ended per second, over the time that this handle has been driving.</summary>
    public double RowsPerSecond { get; init; }

    /// <summary>Tokens billed so far.</summary>
    public required GeminiUsage Usage { get; init; }

    /// <summary>US dollars so far; <see langword="null"/> when a price is unknown.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Time spent driving in this handle.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>An estimate from the rate so far; <see langword="null"/> while there is none.</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>The last thing worth telling, for example that the backend asked to slow down.</summary>
    public string? Notice { get; init; }
}
