namespace GeminiBatch;

/// <summary>What a command changes in a run once its price is agreed to, so that a "no" leaves the run as it was.</summary>
/// <param name="Again">How many failed documents it sends again.</param>
/// <param name="CostOfOne">What one of them may cost, in US dollars; <see langword="null"/> when unknown.</param>
/// <param name="ApplyAsync">Makes the change.</param>
internal sealed record AgreedChange(long Again, decimal? CostOfOne, Func<Task> ApplyAsync);
