namespace GeminiBatch;

/// <summary>How calls are sent, repeated and limited, the same for both backends. What a backend has of its own is in its own options type.</summary>
public abstract class GeminiServiceOptions
{
    private protected GeminiServiceOptions()
    {
    }

    /// <summary>Bytes of one upload chunk, a multiple of 256 KiB; 8 MiB as in Google's own clients (protocol: 1.6, 4).</summary>
    public int UploadChunkBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Most attempts of a call that is safe to repeat (protocol: 9.1).</summary>
    public int MaxAttempts { get; set; } = 5;

    /// <summary>Wait before the second attempt; it doubles for each further one.</summary>
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait between two attempts. A call whose service asks for a longer one fails with <see cref="GeminiApiException.RetryAfter"/> set.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one attempt may take until its answer begins, and a stream may stand still.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(100);
}
