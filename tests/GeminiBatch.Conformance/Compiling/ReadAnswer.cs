using System.Text.Json;

namespace GeminiBatch.Conformance;

/// <summary>What was read of an answer.</summary>
/// <param name="Succeeded">Whether there is a whole value.</param>
/// <param name="Status">How it was read.</param>
/// <param name="Value">The value, or without success what could be read of it.</param>
/// <param name="Errors">Why it is not whole.</param>
internal sealed record ReadAnswer(bool Succeeded, AnswerStatus Status, JsonElement? Value, IReadOnlyList<AnswerError> Errors)
{
    /// <summary>Whether all that is wrong is that the answer was cut off, so that its beginning is kept and marked.</summary>
    public bool IsCutOnly => Errors.Count > 0 && Errors.All(error => error.Kind is AnswerErrorKind.Truncated or AnswerErrorKind.RepetitionLoop);
}
