namespace GeminiBatch.Conformance;

/// <summary>Sends each case to the judge for its kind.</summary>
internal sealed class CaseJudge(IReadOnlyDictionary<string, SchemaAttempt> schemas)
{
    public IReadOnlyList<CaseResult> Judge(IEnumerable<ConformanceCase> cases) => [.. cases.Select(Judge)];

    private CaseResult Judge(ConformanceCase one)
    {
        var result = one.Expect is not null ? StrictJudge.Judge(one)
            : SchemaJudge.SchemaOf(one) is { } schema ? SchemaJudge.Judge(one, schemas[schema])
            : RepairJudge.Judge(one);
        return result.Passed ? result : result with { Departure = Departures.Find(result) };
    }
}
