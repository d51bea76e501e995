namespace GeminiBatch;

/// <summary>What is asked differently when a row is sent again.</summary>
/// <param name="OutputBudget">A larger output budget; <see langword="null"/> for the recipe's.</param>
/// <param name="Thinking">Less thinking; <see langword="null"/> for the recipe's.</param>
/// <param name="Feedback">What the model is told of its last answer; <see langword="null"/> for nothing.</param>
internal readonly record struct RepeatedRequest(int? OutputBudget, GeminiThinking? Thinking, string? Feedback)
{
    public static RepeatedRequest None => default;
}
