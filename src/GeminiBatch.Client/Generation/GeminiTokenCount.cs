namespace GeminiBatch;

/// <summary>How many tokens a request has (protocol: 1.2, row 2).</summary>
/// <param name="TotalTokens">All input tokens.</param>
/// <param name="CachedTokens">Those of them that a cache provides.</param>
public sealed record GeminiTokenCount(long TotalTokens, long CachedTokens);
