namespace GeminiBatch;

/// <summary>What a job's end says about the rows that are missing from its results.</summary>
internal readonly record struct JobVerdict(string Reason, RetryAdvice Advice)
{
    // gRPC codes (protocol: 9.1).
    private const int FailedPrecondition = 9;

    public static JobVerdict Of(string? backendState, int? errorCode) => backendState switch
    {
        nameof(GeminiBatchState.Succeeded) or nameof(GeminiBatchState.PartiallySucceeded) => new(RowReasons.MissingRow, RetryAdvice.Retry),
        nameof(GeminiBatchState.Expired) => new(RowReasons.JobExpired, RetryAdvice.Retry),
        nameof(GeminiBatchState.Cancelled) => new(RowReasons.JobCancelled, RetryAdvice.Retry),
        WatchStage.Missing => new(RowReasons.JobMissing, RetryAdvice.RetryOnce),
        RowReasons.ResultsExpired => new(RowReasons.ResultsExpired, RetryAdvice.Never),
        nameof(GeminiBatchState.Failed) when errorCode is 4 or 8 or 10 or 13 or 14 => new(RowReasons.JobFailed, RetryAdvice.Retry),
        nameof(GeminiBatchState.Failed) when errorCode is FailedPrecondition or null => new(RowReasons.JobFailed, RetryAdvice.RetryOnce),
        _ => new(RowReasons.JobFailed, RetryAdvice.Never),
    };
}
