namespace GeminiBatch;

/// <summary>One reason why an answer cannot be used as it is.</summary>
/// <param name="Kind">The reason.</param>
/// <param name="Path">Where in the value, such as <c>$.lines[2].amount</c>.</param>
/// <param name="Message">The reason in words that can be given back to the model.</param>
public sealed record AnswerError(AnswerErrorKind Kind, string Path, string Message)
{
    /// <summary>What the schema asks for.</summary>
    public string? Expected { get; init; }

    /// <summary>What the answer holds.</summary>
    public string? Found { get; init; }
}
