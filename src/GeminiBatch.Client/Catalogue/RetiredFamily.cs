namespace GeminiBatch;

/// <summary>Models that share the beginning of their ids and were retired together.</summary>
internal sealed record RetiredFamily(string Prefix, DateOnly Retired, string Successor);
