namespace GeminiBatch;

/// <summary>The decision table: what each ending is called and whether asking again helps (protocol: 6, 9.1).</summary>
internal static class RowOutcomes
{
    internal static readonly RowOutcome Answered = new(RowReason.Answered, "answered", RetryAdvice.Never, "");

    internal static readonly RowOutcome PromptBlocked = new(
        RowReason.PromptBlocked, "prompt_blocked", RetryAdvice.Never, "Look at the document and the prompt, or set other safety thresholds: the same prompt is blocked again.");

    internal static readonly RowOutcome OutputBlocked = new(
        RowReason.OutputBlocked, "output_blocked", RetryAdvice.Never, "Look at what the answer would have to say, or set other safety thresholds.");

    internal static readonly RowOutcome Recitation = new(
        RowReason.Recitation, "recitation", RetryAdvice.RetryWithChangedPrompt, "Ask for less of the document's own words: the answer would have recited a known text.");

    internal static readonly RowOutcome Truncated = new(
        RowReason.Truncated, "truncated", RetryAdvice.RetryWithLargerBudget, "Allow more output tokens or less thinking: the answer is cut.");

    internal static readonly RowOutcome Empty = new(
        RowReason.Empty, "empty_answer", RetryAdvice.RetryOnce, "Ask again once; if it stays empty, look at tools and prompt.");

    internal static readonly RowOutcome MalformedFunctionCall = new(
        RowReason.MalformedFunctionCall, "malformed_function_call", RetryAdvice.RetryOnce, "Ask again once; if it stays, leave the tools out.");

    internal static readonly RowOutcome Other = new(
        RowReason.Other, "other_finish", RetryAdvice.RetryOnce, "Ask again once: the model stopped for a reason of its own.");

    internal static readonly RowOutcome NoFinishReason = new(
        RowReason.Other, "no_finish_reason", RetryAdvice.RetryOnce, "Ask again once: nothing says that the answer is whole.");

    internal static readonly RowOutcome MalformedRow = new(
        RowReason.MalformedRow, "malformed_row", RetryAdvice.RetryOnce, "Ask again once: the service's result row cannot be read.");

    internal static RowOutcome Finished(string? finishReason, bool hasText) => finishReason switch
    {
        null or "" or "FINISH_REASON_UNSPECIFIED" => NoFinishReason,
        "STOP" => hasText ? Answered : Empty,
        "MAX_TOKENS" => Truncated,
        "RECITATION" => Recitation,
        "SAFETY" or "PROHIBITED_CONTENT" or "BLOCKLIST" or "SPII" or "MODEL_ARMOR" or "JAILBREAK" => OutputBlocked,
        "MALFORMED_FUNCTION_CALL" or "UNEXPECTED_TOOL_CALL" or "TOO_MANY_TOOL_CALLS" => MalformedFunctionCall,
        _ => finishReason.StartsWith("IMAGE_", StringComparison.Ordinal) ? OutputBlocked : Other,
    };

    /// <summary>A row error by its gRPC code.</summary>
    internal static RowOutcome Error(int? code, string message)
    {
        (RetryAdvice retry, string advice) = code switch
        {
            1 => (RetryAdvice.Retry, "The job was cancelled before the row was answered: ask again if it is still wanted."),
            3 when message.Contains("response mime type", StringComparison.OrdinalIgnoreCase) =>
                (RetryAdvice.Never, "The model refuses tools together with a JSON response type: leave one of them out, or take a model that allows both."),
            3 or 11 => (RetryAdvice.Never, "The request itself is wrong: correct it."),
            4 => (RetryAdvice.Retry, "The row took too long: ask again, with less in one row."),
            5 => (RetryAdvice.Never, "Something that the row names does not exist: check files and model."),
            7 or 16 => (RetryAdvice.Never, "Something that the row names may not be used: a file may have expired, so upload it again."),
            8 => (RetryAdvice.Retry, "A quota was used up: ask again later."),
            9 => (RetryAdvice.RetryOnce, "Ask again once: the service refused for a condition that may pass."),
            6 or 12 => (RetryAdvice.Never, "The service does not do what the row asks for."),
            2 or 10 or 13 or 14 or 15 => (RetryAdvice.Retry, "The service had trouble: ask again."),
            _ => (RetryAdvice.RetryOnce, "Ask again once: the service gave no known reason."),
        };
        return new RowOutcome(RowReason.RowError, "row_error", retry, advice);
    }
}
