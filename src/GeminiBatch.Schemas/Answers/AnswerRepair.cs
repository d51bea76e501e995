namespace GeminiBatch;

/// <summary>One repair or coercion made while an answer was read.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Path">Where in the value, such as <c>$.lines[2].amount</c>.</param>
/// <param name="Start">Where in the answer, as a byte offset into its UTF-8 form.</param>
/// <param name="Length">How many bytes of the answer are concerned.</param>
/// <param name="Message">What was done, in words.</param>
public sealed record AnswerRepair(AnswerRepairKind Kind, string Path, int Start, int Length, string Message);
