namespace GeminiBatch;

/// <summary>Most tokens enqueued at once, all active jobs of a model together, by the account's tier (protocol: 9.2). Null is "not stated".</summary>
/// <param name="ModelClass">The class as Google's table names it.</param>
/// <param name="Models">Ids of its models.</param>
/// <param name="Tier1">Tokens in tier 1.</param>
/// <param name="Tier2">Tokens in tier 2.</param>
/// <param name="Tier3">Tokens in tier 3.</param>
public sealed record GeminiTokenQuota(string ModelClass, IReadOnlyList<string> Models, long? Tier1, long? Tier2, long? Tier3);
