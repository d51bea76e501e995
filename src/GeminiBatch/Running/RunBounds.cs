namespace GeminiBatch;

/// <summary>What of a run's bounds is changed; <see langword="null"/> members stay as they are.</summary>
public sealed record RunBounds
{
    /// <summary>The most that the run may cost in US dollars, from 0 to 9,000,000; see <see cref="ExtractionRequest.MaxCost"/>.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>How often one row is sent at most; at least 1.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>Whether more rows than the catalogue's threshold may search with Google; see <see cref="ExtractionRequest.AllowSearchCost"/>.</summary>
    public bool? AllowSearchCost { get; init; }
}
