namespace GeminiBatch;

/// <summary>One run of a ledger, as listed.</summary>
public sealed record RunOverview
{
    /// <summary>The run's name.</summary>
    public required string Name { get; init; }

    /// <summary>The recipe's model.</summary>
    public required string Model { get; init; }

    /// <summary>The schema's name.</summary>
    public required string Schema { get; init; }

    /// <summary>Where it was sent: the backend's kind, account fingerprint and endpoint.</summary>
    public required string Backend { get; init; }

    /// <summary>When it was first opened.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Items of the run.</summary>
    public long Planned { get; init; }

    /// <summary>Items with an answer that fits the schema.</summary>
    public long Succeeded { get; init; }

    /// <summary>Items that ended with a named reason.</summary>
    public long Failed { get; init; }

    /// <summary>Items still to be sent or answered.</summary>
    public long Pending { get; init; }

    /// <summary>US dollars so far; <see langword="null"/> when a price is unknown.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Jobs that were created for it, or may have been.</summary>
    public long Jobs { get; init; }

    /// <summary>Whether nothing more is sent until it is continued.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The living program that drives it now, such as <c>process 4711 on this machine</c>; <see langword="null"/> when none does.</summary>
    public string? Driver { get; init; }

    /// <summary>Whether a living program drives it now.</summary>
    public bool InUse => Driver is not null;
}
