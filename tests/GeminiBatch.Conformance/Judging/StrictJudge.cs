using System.Text.Json;

namespace GeminiBatch.Conformance;

/// <summary>Strict JSON: accepted with the value that System.Text.Json reads, or rejected.</summary>
internal static class StrictJudge
{
    public static CaseResult Judge(ConformanceCase one)
    {
        var read = JsonRepair.Repair(one.Input.Span, ParseOptions.Strict);
        var accepted = read.Status == AnswerStatus.Exact && read.Errors.Count == 0;
        return one.Expect switch
        {
            "accept" => new CaseResult(one, accepted && SameAsFramework(one, read), $"{read.Status}: {string.Join(' ', read.Errors.Select(error => error.Message))} {read.Json}"),
            "reject" => new CaseResult(one, !accepted, $"This was accepted: {read.Json}"),
            _ => new CaseResult(one, true, ""),
        };
    }

    private static bool SameAsFramework(ConformanceCase one, RepairedJson read)
    {
        using var expected = JsonDocument.Parse(one.Input);
        using var actual = JsonDocument.Parse(read.Utf8Json);
        return JsonElement.DeepEquals(expected.RootElement, actual.RootElement) || JsonEquality.Exact.Difference(expected.RootElement, actual.RootElement) is null;
    }
}
