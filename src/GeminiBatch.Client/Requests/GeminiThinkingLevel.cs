namespace GeminiBatch;

/// <summary>Thinking levels of Gemini 3 models. Not every model knows every level (protocol: 8).</summary>
public enum GeminiThinkingLevel
{
    /// <summary><c>MINIMAL</c>: next to none. Refused by some models with 400.</summary>
    Minimal,

    /// <summary><c>LOW</c>: what extraction needs as a rule.</summary>
    Low,

    /// <summary><c>MEDIUM</c>.</summary>
    Medium,

    /// <summary><c>HIGH</c>.</summary>
    High,
}
