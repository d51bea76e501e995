namespace GeminiBatch;

/// <summary>
/// How often an answer shows each quirk of real Gemini answers, as probabilities from 0 to 1. What strikes a row depends on the seed, the row's key
/// and how often that key was asked before, so that a retried row can come out clean.
/// </summary>
public sealed record EmulatorNoise
{
    /// <summary>Clean answers only.</summary>
    public static EmulatorNoise None { get; } = new();

    /// <summary>About as messy as recorded answers: most rows carry something to repair, one in twenty fails at first.</summary>
    public static EmulatorNoise Realistic { get; } = new()
    {
        Fence = 0.25,
        Prose = 0.08,
        ThoughtParts = 0.15,
        SplitText = 0.10,
        ThoughtSignature = 0.15,
        TrailingComma = 0.06,
        EarlyClosedRoot = 0.05,
        Truncation = 0.02,
        Recitation = 0.01,
        RowError = 0.02,
        MissingCandidatesTokenCount = 0.03,
    };

    /// <summary>The answer is wrapped in a ```json fence (protocol: gotcha 20).</summary>
    public double Fence { get; init; }

    /// <summary>Sentences before and after the answer.</summary>
    public double Prose { get; init; }

    /// <summary>Parts with <c>thought: true</c> come first (protocol: 6).</summary>
    public double ThoughtParts { get; init; }

    /// <summary>The answer's text is spread over two or three parts, to be joined without separator (protocol: 6).</summary>
    public double SplitText { get; init; }

    /// <summary>A last part that has a <c>thoughtSignature</c> and no text.</summary>
    public double ThoughtSignature { get; init; }

    /// <summary>A comma before a closing bracket.</summary>
    public double TrailingComma { get; init; }

    /// <summary>The root object is closed too early and goes on: <c>"a":1 }, "b":2 }</c>.</summary>
    public double EarlyClosedRoot { get; init; }

    /// <summary>The answer is cut with finishReason MAX_TOKENS; one in four has no text at all (protocol: gotcha 17).</summary>
    public double Truncation { get; init; }

    /// <summary>A candidate without content, finishReason RECITATION (protocol: gotcha 19).</summary>
    public double Recitation { get; init; }

    /// <summary>The row is an error, mostly code 13, sometimes 4, 8 or 14 (protocol: 2.2).</summary>
    public double RowError { get; init; }

    /// <summary>usageMetadata lacks candidatesTokenCount although there is text.</summary>
    public double MissingCandidatesTokenCount { get; init; }
}
