namespace GeminiBatch;

/// <summary>Why a document has no value.</summary>
/// <param name="Reason">A stable snake_case name, for example <c>row_error</c>, <c>truncated</c>, <c>schema_misfit</c>, <c>missing_row</c>.</param>
/// <param name="Message">What happened.</param>
/// <param name="Advice">What to do next.</param>
public sealed record ExtractionFailure(string Reason, string Message, string Advice)
{
    /// <summary>Where the answer does not fit the schema, when that is the reason.</summary>
    public IReadOnlyList<AnswerError> Errors { get; init; } = [];
}
