namespace GeminiBatch;

/// <summary>How a row ended, with a code that never changes and what to do about it.</summary>
public sealed record RowOutcome
{
    internal RowOutcome(RowReason reason, string code, RetryAdvice retry, string advice) => (Reason, Code, Retry, Advice) = (reason, code, retry, advice);

    /// <summary>The reason.</summary>
    public RowReason Reason { get; }

    /// <summary>The reason as a stable name in snake case, such as <c>prompt_blocked</c>.</summary>
    public string Code { get; }

    /// <summary>Whether asking again can help.</summary>
    public RetryAdvice Retry { get; }

    /// <summary>What to do, in a sentence; empty for an answer.</summary>
    public string Advice { get; }

    /// <summary>Whether there is a whole answer to read.</summary>
    public bool IsAnswer => Reason == RowReason.Answered;
}
