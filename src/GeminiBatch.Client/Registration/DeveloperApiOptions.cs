namespace GeminiBatch;

/// <summary>How the Gemini Developer API is reached. Knows no bucket, project or location: those belong to Vertex AI.</summary>
public sealed class DeveloperApiOptions
{
    /// <summary>API key; null or blank takes <c>GOOGLE_API_KEY</c>, then <c>GEMINI_API_KEY</c> (protocol: 5).</summary>
    public string? ApiKey { get; set; }

    /// <summary>Source of OAuth tokens instead of a key; then no key is looked for. Registering <c>gs://</c> files needs it (protocol: 1.2, row 13).</summary>
    public IAccessTokenSource? AccessTokens { get; set; }

    /// <summary>Base address; null takes <c>GOOGLE_GEMINI_BASE_URL</c>, then Google's own. Anything but https is taken only on this machine.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Bytes of one upload chunk, a multiple of 256 KiB; 8 MiB as in Google's own clients (protocol: 1.6).</summary>
    public int UploadChunkBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Most attempts of a call that is safe to repeat (protocol: 9.1).</summary>
    public int MaxAttempts { get; set; } = 5;

    /// <summary>Wait before the second attempt; it doubles for each further one.</summary>
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait between two attempts. A call whose service asks for a longer one fails with <see cref="GeminiApiException.RetryAfter"/> set.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one attempt may take until its answer begins, and a stream may stand still.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>Wait between looks at a file that is still being processed.</summary>
    public TimeSpan FilePollInterval { get; set; } = TimeSpan.FromSeconds(5);
}
