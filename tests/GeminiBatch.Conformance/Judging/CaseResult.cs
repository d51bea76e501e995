namespace GeminiBatch.Conformance;

/// <summary>The verdict on one case.</summary>
internal sealed record CaseResult(ConformanceCase Case, bool Passed, string Detail, ReadAnswer? Answer = null)
{
    /// <summary>The deliberate departure that a failure follows from; null where there is none.</summary>
    public Departure? Departure { get; init; }

    public SchemaForm? Form { get; init; }

    public string Outcome => Passed ? "passed" : Departure is null ? "failed" : "excluded";
}
