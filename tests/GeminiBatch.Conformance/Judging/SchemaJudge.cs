using System.Globalization;

namespace GeminiBatch.Conformance;

/// <summary>Cases with a schema: read into a type and compared by value.</summary>
internal static class SchemaJudge
{
    /// <summary>What the probes are read into: <c>a</c> int?, <c>b</c> string?.</summary>
    private const string ProbeSchema = """
        { "title": "Probe", "type": "object", "properties": { "a": { "type": ["integer", "null"], "format": "int32" }, "b": { "type": ["string", "null"] } } }
        """;

    /// <summary>BAML's own settings: every coercion, and numbers as in the United States.</summary>
    private static readonly ParseOptions Baml = new() { Coercions = AnswerCoercions.All, Culture = CultureInfo.GetCultureInfo("en-US") };

    public static string? SchemaOf(ConformanceCase one) => one.Schema ?? (one.Origin == "probe" ? ProbeSchema : null);

    public static CaseResult Judge(ConformanceCase one, SchemaAttempt schema)
    {
        if (schema.Parser is not { } parser)
        {
            return new CaseResult(one, one.ShouldFail && schema.Source is null, $"The schema cannot be expressed: {schema.Failure}");
        }

        var answer = parser.Parse(one.Input.Span, one.Origin == "baml" ? Baml : ParseOptions.Default);
        return Judge(one, answer) with { Answer = answer, Form = schema.Form };
    }

    private static CaseResult Judge(ConformanceCase one, ReadAnswer answer)
    {
        if (one.ShouldFail || one.ExpectsNothing)
        {
            return new CaseResult(one, !answer.Succeeded, $"A failure was expected and this was read: {answer.Value}");
        }

        // A cut answer is marked and its beginning kept: that beginning is the value that these cases expect.
        var isPartial = one.Mode is "partial" or "streaming";
        if (!answer.Succeeded && !answer.IsCutOnly && !isPartial)
        {
            return new CaseResult(one, false, $"{answer.Status}: {string.Join(' ', answer.Errors.Select(error => $"{error.Path}: {error.Kind}: {error.Message}"))}");
        }

        var equality = isPartial ? JsonEquality.Partial : JsonEquality.Typed;
        var difference = answer.Value is { } value ? equality.Difference(one.Expected, value) : "$: nothing was read";
        return new CaseResult(one, difference is null, $"{difference}; read: {answer.Value}");
    }
}
