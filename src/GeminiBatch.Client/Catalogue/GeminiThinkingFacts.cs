namespace GeminiBatch;

/// <summary>How a model's thinking is controlled: by level, or by budget (protocol: 8).</summary>
public sealed record GeminiThinkingFacts
{
    /// <summary>Levels that it takes; empty when it is controlled by budget.</summary>
    public IReadOnlyList<GeminiThinkingLevel> Levels { get; init; } = [];

    /// <summary>Level when none is set, when known.</summary>
    public GeminiThinkingLevel? DefaultLevel { get; init; }

    /// <summary>Smallest budget above 0, in tokens; null when it is controlled by level.</summary>
    public int? MinimumBudget { get; init; }

    /// <summary>Largest budget, in tokens; null when it is controlled by level.</summary>
    public int? MaximumBudget { get; init; }

    /// <summary>Budget when none is set, when known.</summary>
    public int? DefaultBudget { get; init; }

    /// <summary>Whether a budget of -1 lets the model decide.</summary>
    public bool AllowsAutomaticBudget { get; init; }

    /// <summary>Whether a budget of 0 turns thinking off.</summary>
    public bool CanBeOff { get; init; }

    /// <summary>What keeps an extraction's answers from coming back empty because thinking used up their tokens (protocol: 10, no. 17).</summary>
    public required GeminiThinking ForExtraction { get; init; }

    /// <summary>Whether it is controlled by level.</summary>
    public bool IsByLevel => Levels.Count > 0;

    /// <summary>Whether a setting is one that the model takes.</summary>
    /// <param name="thinking">The setting.</param>
    public bool Allows(GeminiThinking thinking)
    {
        ArgumentNullException.ThrowIfNull(thinking);
        if (thinking is { Level: not null, Budget: not null })
        {
            return false;
        }

        if (thinking.Level is { } level)
        {
            return Levels.Contains(level);
        }

        return thinking.Budget is not { } budget || budget switch
        {
            -1 => AllowsAutomaticBudget,
            0 => CanBeOff,
            _ => budget >= MinimumBudget && budget <= MaximumBudget,
        };
    }
}
