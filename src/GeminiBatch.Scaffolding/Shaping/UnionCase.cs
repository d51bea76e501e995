namespace GeminiBatch.Scaffolding;

/// <summary>One alternative of a union.</summary>
/// <param name="Record">The record of the alternative.</param>
/// <param name="DiscriminatorValue">What tells it apart in an answer; null where nothing does.</param>
internal sealed record UnionCase(RecordShape Record, string? DiscriminatorValue);
