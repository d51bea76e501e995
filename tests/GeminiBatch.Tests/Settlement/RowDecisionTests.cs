namespace GeminiBatch.Tests.Settlement;

public sealed class RowDecisionTests
{
    [Theory]
    [InlineData(RetryAdvice.Retry, 1, false, true)]
    [InlineData(RetryAdvice.Retry, 2, true, true)]
    [InlineData(RetryAdvice.Retry, 3, false, false)]
    [InlineData(RetryAdvice.RetryOnce, 1, false, true)]
    [InlineData(RetryAdvice.RetryOnce, 2, false, true)]
    [InlineData(RetryAdvice.RetryOnce, 2, true, false)]
    [InlineData(RetryAdvice.Never, 1, false, false)]
    [InlineData(RetryAdvice.RetryWithChangedPrompt, 1, false, false)]
    public void A_row_is_sent_again_only_where_that_can_help(RetryAdvice advice, int attempts, bool isRepeated, bool retries)
    {
        var decision = RowDecision.Of(advice, attempts, maxAttempts: 3, isRepeated, new OutputLimits(100, 65_536));
        Assert.Equal(retries, decision.Retries);
        Assert.Null(decision.LargerBudget);
    }

    [Theory]
    [InlineData(100, 65_536, 4_096)]
    [InlineData(8_192, 65_536, 16_384)]
    [InlineData(60_000, 65_536, 65_536)]
    [InlineData(null, 65_536, 65_536)]
    public void A_truncated_row_gets_a_larger_budget_within_the_models_window(int? budget, int window, int larger) =>
        Assert.Equal(new RowDecision(true, larger), RowDecision.Of(RetryAdvice.RetryWithLargerBudget, 1, 3, isRepeated: false, new OutputLimits(budget, window)));

    [Theory]
    [InlineData(65_536, 65_536)]
    [InlineData(null, null)]
    public void A_truncated_row_that_had_it_all_ends(int? budget, int? window) =>
        Assert.False(RowDecision.Of(RetryAdvice.RetryWithLargerBudget, 1, 3, isRepeated: false, new OutputLimits(budget, window)).Retries);

    [Fact]
    public void A_row_that_was_truncated_within_the_whole_window_is_asked_to_think_less()
    {
        var levels = GeminiCatalogue.Default.Find(GeminiModels.Flash38)!.Thinking;
        var high = new OutputLimits(65_536, 65_536, new GeminiThinking { Level = GeminiThinkingLevel.High }, levels);
        var decision = RowDecision.Of(RetryAdvice.RetryWithLargerBudget, 2, 3, isRepeated: true, high);
        Assert.Equal(GeminiThinkingLevel.Low, decision.LessThinking?.Level);
        Assert.True(decision.Retries);
        Assert.False(RowDecision.Of(RetryAdvice.RetryWithLargerBudget, 2, 3, isRepeated: true, high with { Thinking = decision.LessThinking }).Retries);

        var budgets = GeminiCatalogue.Default.Find("gemini-2.5-pro")!.Thinking;
        Assert.Equal(budgets!.MinimumBudget, RowDecision.Of(RetryAdvice.RetryWithLargerBudget, 1, 3, isRepeated: false, new OutputLimits(null, 65_536, null, budgets)).LessThinking?.Budget);
    }
}
