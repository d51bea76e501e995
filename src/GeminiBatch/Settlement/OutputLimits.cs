namespace GeminiBatch;

/// <summary>What one attempt was allowed to write and think, and what its model allows.</summary>
/// <param name="Budget">Its output budget; <see langword="null"/> for the model's own.</param>
/// <param name="Window">The most output tokens of the model; <see langword="null"/> when unknown.</param>
/// <param name="Thinking">Its thinking; <see langword="null"/> for the model's own.</param>
/// <param name="ModelThinking">How the model's thinking is controlled; <see langword="null"/> when it does not think or is not known.</param>
internal readonly record struct OutputLimits(int? Budget, int? Window, GeminiThinking? Thinking = null, GeminiThinkingFacts? ModelThinking = null);
