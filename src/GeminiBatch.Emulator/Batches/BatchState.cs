namespace GeminiBatch.Emulator;

/// <summary>The states of a job on the wire (protocol: 1.5).</summary>
internal static class BatchState
{
    public const string Pending = "BATCH_STATE_PENDING";
    public const string Running = "BATCH_STATE_RUNNING";
    public const string Succeeded = "BATCH_STATE_SUCCEEDED";
    public const string Failed = "BATCH_STATE_FAILED";
    public const string Cancelled = "BATCH_STATE_CANCELLED";
    public const string Expired = "BATCH_STATE_EXPIRED";

    // Vertex AI alone has these (protocol: 3.4).
    public const string Queued = "BATCH_STATE_QUEUED";
    public const string Cancelling = "BATCH_STATE_CANCELLING";
    public const string PartiallySucceeded = "BATCH_STATE_PARTIALLY_SUCCEEDED";
}
