namespace GeminiBatch.Conformance;

/// <summary>A rule by which this library decides otherwise than a suite, on purpose.</summary>
/// <param name="Name">The rule's short name, as reports hold it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Covers">Whether a case that did not pass follows from the rule.</param>
internal sealed record Departure(string Name, string Reason, Func<CaseResult, bool> Covers);
