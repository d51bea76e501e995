namespace GeminiBatch;

/// <summary>How much the model thinks before it answers. Which of the two controls a model knows is in <see cref="GeminiCatalogue"/> (protocol: 8).</summary>
public sealed record GeminiThinking
{
    /// <summary>Level, for Gemini 3 models. Never together with <see cref="Budget"/>: the service answers 400.</summary>
    public GeminiThinkingLevel? Level { get; init; }

    /// <summary>Budget in tokens, for Gemini 2.5 models: 0 is off, -1 lets the model decide.</summary>
    public int? Budget { get; init; }

    /// <summary>Whether summaries of the thoughts are sent along; they are dropped from the answer's text either way.</summary>
    public bool? IncludeThoughts { get; init; }
}
