namespace GeminiBatch;

/// <summary>How a row ended (protocol: 6, row outcome decision table).</summary>
public enum RowReason
{
    /// <summary>The model answered and stopped by itself: there is a text to read.</summary>
    Answered,

    /// <summary>The row carries an error instead of an answer.</summary>
    RowError,

    /// <summary>The prompt was blocked; there is no answer.</summary>
    PromptBlocked,

    /// <summary>The answer was blocked by a filter.</summary>
    OutputBlocked,

    /// <summary>The answer was withheld because it recites a known text.</summary>
    Recitation,

    /// <summary>The answer is cut at the token limit, perhaps to nothing.</summary>
    Truncated,

    /// <summary>The model stopped without a text.</summary>
    Empty,

    /// <summary>The model attempted a function call that is malformed or was not asked for.</summary>
    MalformedFunctionCall,

    /// <summary>The model stopped for another reason, one that this library does not know included.</summary>
    Other,

    /// <summary>The row is no readable result.</summary>
    MalformedRow,
}
