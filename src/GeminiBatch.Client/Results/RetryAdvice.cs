namespace GeminiBatch;

/// <summary>Whether asking again can help (protocol: 6, 9.1).</summary>
public enum RetryAdvice
{
    /// <summary>Asking again gives the same.</summary>
    Never,

    /// <summary>The service had trouble; ask again.</summary>
    Retry,

    /// <summary>Ask again once; a second time in a row is final.</summary>
    RetryOnce,

    /// <summary>Ask again with more output tokens or less thinking.</summary>
    RetryWithLargerBudget,

    /// <summary>Only a changed prompt can help.</summary>
    RetryWithChangedPrompt,
}
