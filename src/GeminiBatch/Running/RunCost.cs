namespace GeminiBatch;

/// <summary>US dollars by what is paid for. <see langword="null"/> is an unknown price, never 0.</summary>
/// <remarks>Discounts of cached tokens are not counted, because the catalogue has no prices for them: what is cached is priced as input, and the true cost may be lower.</remarks>
public sealed record RunCost
{
    /// <summary>Input tokens, cached ones included.</summary>
    public decimal? Input { get; init; }

    /// <summary>Of <see cref="Input"/>, what tokens are priced at that the backend had in its cache: the most that their discount can save. 0 in an estimate.</summary>
    public decimal? CachedInput { get; init; }

    /// <summary>Tokens of answers.</summary>
    public decimal? Output { get; init; }

    /// <summary>Tokens of thinking.</summary>
    public decimal? Thinking { get; init; }

    /// <summary>Search queries, which are not halved in a batch.</summary>
    public decimal Search { get; init; }

    /// <summary>All of it.</summary>
    public decimal? Total => Input + Output + Thinking + Search;
}
