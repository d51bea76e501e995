namespace GeminiBatch;

/// <summary>What a job's end says about the rows that are missing from its results.</summary>
/// <param name="Reason">Why they are missing.</param>
/// <param name="Advice">Whether asking again can help.</param>
/// <param name="IsHalved">Whether the fault may lie in some of the rows, which are then found by halving.</param>
internal readonly record struct JobVerdict(string Reason, RetryAdvice Advice, bool IsHalved = false)
{
    // gRPC codes (protocol: 9.1).
    private const int FailedPrecondition = 9;

    public static JobVerdict Of(string? backendState, int? errorCode) => backendState switch
    {
        nameof(GeminiBatchState.Succeeded) or nameof(GeminiBatchState.PartiallySucceeded) => new(RowReasons.MissingRow, RetryAdvice.Retry),
        nameof(GeminiBatchState.Expired) => new(RowReasons.JobExpired, RetryAdvice.Retry),
        nameof(GeminiBatchState.Cancelled) => new(RowReasons.JobCancelled, RetryAdvice.Retry),

        // Perhaps it was answered and paid for, and only cannot be seen: asking again is the user's decision.
        WatchStage.Missing => new(RowReasons.JobMissing, RetryAdvice.Never),
        RowReasons.ResultsExpired => new(RowReasons.ResultsExpired, RetryAdvice.Never),
        nameof(GeminiBatchState.Failed) when errorCode is 4 or 8 or 10 or 13 or 14 => new(RowReasons.JobFailed, RetryAdvice.Retry),
        nameof(GeminiBatchState.Failed) when errorCode is FailedPrecondition or null => new(RowReasons.JobFailed, RetryAdvice.RetryOnce, IsHalved: true),
        nameof(GeminiBatchState.Failed) => new(RowReasons.JobFailed, RetryAdvice.Never, IsHalved: true),
        _ => new(RowReasons.JobFailed, RetryAdvice.Never),
    };
}
