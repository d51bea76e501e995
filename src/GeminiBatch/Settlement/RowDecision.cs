namespace GeminiBatch;

/// <summary>Whether a row that came back without success is sent again.</summary>
/// <param name="Retries">Whether it is sent again.</param>
/// <param name="LargerBudget">Its new output budget; <see langword="null"/> to leave it as it was.</param>
internal readonly record struct RowDecision(bool Retries, int? LargerBudget)
{
    private const int SmallestLargerBudget = 4_096;

    /// <param name="advice">What can help.</param>
    /// <param name="attempts">How often it was sent, those before the user asked for a retry not counted.</param>
    /// <param name="maxAttempts">How often it may be sent.</param>
    /// <param name="budget">The output budget of the last attempt; <see langword="null"/> for the model's own.</param>
    /// <param name="window">The most output tokens of the model; <see langword="null"/> when unknown.</param>
    public static RowDecision Of(RetryAdvice advice, int attempts, int maxAttempts, int? budget, int? window)
    {
        var retries = attempts < maxAttempts;
        switch (advice)
        {
            case RetryAdvice.Retry:
                return new(retries, null);
            case RetryAdvice.RetryOnce:
                return new(retries && attempts < 2, null);
            case RetryAdvice.RetryWithLargerBudget:
                var larger = Larger(budget, window);
                return new(retries && larger is not null, larger);
            default:
                return new(false, null);
        }
    }

    // Without a budget of its own the model has used its whole window, unless its default is smaller: then the window helps.
    private static int? Larger(int? budget, int? window)
    {
        if (budget is not { } current)
        {
            return window;
        }

        var doubled = Math.Max(SmallestLargerBudget, current > int.MaxValue / 2 ? int.MaxValue : current * 2);
        var larger = window is { } most ? Math.Min(most, doubled) : doubled;
        return larger > current ? larger : null;
    }
}
