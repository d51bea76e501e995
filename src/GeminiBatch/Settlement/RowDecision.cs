namespace GeminiBatch;

/// <summary>Whether a row that came back without success is sent again, and how.</summary>
/// <param name="Retries">Whether it is sent again.</param>
/// <param name="LargerBudget">Its new output budget; <see langword="null"/> to leave it as it was.</param>
/// <param name="LessThinking">Its new thinking; <see langword="null"/> to leave it as it was.</param>
internal readonly record struct RowDecision(bool Retries, int? LargerBudget, GeminiThinking? LessThinking = null)
{
    private const int SmallestLargerBudget = 4_096;

    /// <param name="advice">What can help.</param>
    /// <param name="attempts">How often it was sent, those before the user asked for a retry not counted.</param>
    /// <param name="maxAttempts">How often it may be sent.</param>
    /// <param name="isRepeated">Whether an earlier attempt ended for the same reason.</param>
    /// <param name="limits">What the last attempt was allowed, and what the model allows.</param>
    public static RowDecision Of(RetryAdvice advice, int attempts, int maxAttempts, bool isRepeated, OutputLimits limits)
    {
        var retries = attempts < maxAttempts;
        switch (advice)
        {
            case RetryAdvice.Retry:
                return new(retries, null);
            case RetryAdvice.RetryOnce:
                return new(retries && !isRepeated, null);
            case RetryAdvice.RetryWithLargerBudget:
                var larger = Larger(limits);

                // With the whole window at hand, only thinking less leaves more for the answer.
                var thinking = larger is null || limits.Budget is null ? Less(limits) : null;
                return new(retries && (larger is not null || thinking is not null), larger, thinking);
            default:
                return new(false, null);
        }
    }

    // Without a budget of its own the model has used its whole window, unless its default is smaller: then the window helps.
    private static int? Larger(OutputLimits limits)
    {
        if (limits.Budget is not { } current)
        {
            return limits.Window;
        }

        var doubled = Math.Max(SmallestLargerBudget, current > int.MaxValue / 2 ? int.MaxValue : current * 2);
        var larger = limits.Window is { } most ? Math.Min(most, doubled) : doubled;
        return larger > current ? larger : null;
    }

    private static GeminiThinking? Less(OutputLimits limits)
    {
        if (limits.ModelThinking is not { } model)
        {
            return null;
        }

        var least = model.IsByLevel
            ? new GeminiThinking { Level = model.Levels.Min() }
            : new GeminiThinking { Budget = model.CanBeOff ? 0 : model.MinimumBudget };
        return least.Level == limits.Thinking?.Level && least.Budget == limits.Thinking?.Budget ? null : least;
    }
}
