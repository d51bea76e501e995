namespace GeminiBatch.Tests.Settlement;

public sealed class RowDecisionTests
{
    [Theory]
    [InlineData(RetryAdvice.Retry, 1, 3, true)]
    [InlineData(RetryAdvice.Retry, 3, 3, false)]
    [InlineData(RetryAdvice.RetryOnce, 1, 3, true)]
    [InlineData(RetryAdvice.RetryOnce, 2, 3, false)]
    [InlineData(RetryAdvice.Never, 1, 3, false)]
    [InlineData(RetryAdvice.RetryWithChangedPrompt, 1, 3, false)]
    public void A_row_is_sent_again_only_where_that_can_help(RetryAdvice advice, int attempts, int maxAttempts, bool retries)
    {
        var decision = RowDecision.Of(advice, attempts, maxAttempts, budget: 100, window: 65_536);
        Assert.Equal(retries, decision.Retries);
        Assert.Null(decision.LargerBudget);
    }

    [Theory]
    [InlineData(100, 65_536, 4_096)]
    [InlineData(8_192, 65_536, 16_384)]
    [InlineData(60_000, 65_536, 65_536)]
    [InlineData(null, 65_536, 65_536)]
    public void A_truncated_row_gets_a_larger_budget_within_the_models_window(int? budget, int window, int larger) =>
        Assert.Equal(new RowDecision(true, larger), RowDecision.Of(RetryAdvice.RetryWithLargerBudget, 1, 3, budget, window));

    [Theory]
    [InlineData(65_536, 65_536)]
    [InlineData(null, null)]
    public void A_truncated_row_that_had_it_all_ends(int? budget, int? window) =>
        Assert.False(RowDecision.Of(RetryAdvice.RetryWithLargerBudget, 1, 3, budget, window).Retries);
}
