namespace GeminiBatch;

/// <summary>What grounding with Google Search costs besides tokens: billed by query, and not halved in a batch (protocol: 10, no. 40).</summary>
/// <param name="FreePerMonth">Queries of a project that are free each month.</param>
/// <param name="DollarsPerThousand">US dollars for 1,000 queries beyond those.</param>
/// <param name="QueriesPerRow">Queries of one row while nothing is known of the run's own answers.</param>
/// <param name="ConsentAboveRows">The most rows that may search without the user's word.</param>
/// <param name="BilledPerVisible">By backend: how many queries are billed for one that an answer shows.</param>
public sealed record GeminiSearchFacts(
    long FreePerMonth, decimal DollarsPerThousand, decimal QueriesPerRow, int ConsentAboveRows, IReadOnlyDictionary<string, decimal> BilledPerVisible)
{
    private const decimal Thousand = 1_000m;

    /// <summary>US dollars for queries that answers show, or are expected to.</summary>
    /// <param name="visibleQueries">The queries.</param>
    /// <param name="backend">The backend's kind, <c>developer</c> or <c>vertex</c>.</param>
    /// <param name="freeQueries">Queries that are known to be still free this month.</param>
    public decimal CostOf(decimal visibleQueries, string backend, long freeQueries = 0)
    {
        decimal billed = visibleQueries * (BilledPerVisible.TryGetValue(backend, out decimal factor) ? factor : 1m);
        return Math.Max(0m, billed - freeQueries) * DollarsPerThousand / Thousand;
    }
}
