using System.Text.Json;

namespace GeminiBatch.Conformance;

/// <summary>Cases without a schema: repaired as text and compared by value.</summary>
internal static class RepairJudge
{
    public static CaseResult Judge(ConformanceCase one)
    {
        var repaired = JsonRepair.Repair(one.Input.Span);
        JsonElement? value = repaired.Succeeded ? JsonDocument.Parse(repaired.Utf8Json, new JsonDocumentOptions { MaxDepth = 512 }).RootElement : null;
        var answer = new ReadAnswer(repaired.Succeeded, repaired.Status, value, repaired.Errors);
        if (one.ShouldFail || one.ExpectsNothing)
        {
            return new CaseResult(one, !repaired.Succeeded, $"No JSON was expected and this was read: {value}", answer);
        }

        var difference = value is { } found ? JsonEquality.Exact.Difference(one.Expected, found) : "$: nothing was read";
        return new CaseResult(one, difference is null, $"{difference}; read: {value}", answer);
    }
}
