namespace GeminiBatch;

/// <summary>How the Gemini Developer API is reached. Knows no bucket, project or location: those belong to Vertex AI.</summary>
public sealed class DeveloperApiOptions : GeminiServiceOptions
{
    /// <summary>API key; null or blank takes <c>GOOGLE_API_KEY</c>, then <c>GEMINI_API_KEY</c> (protocol: 5).</summary>
    public string? ApiKey { get; set; }

    /// <summary>Source of OAuth tokens instead of a key; then no key is looked for. Registering <c>gs://</c> files needs it (protocol: 1.2, row 13).</summary>
    public IAccessTokenSource? AccessTokens { get; set; }

    /// <summary>Base address; null takes <c>GOOGLE_GEMINI_BASE_URL</c>, then Google's own. Anything but https is taken only on this machine.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Wait between looks at a file that is still being processed.</summary>
    public TimeSpan FilePollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a file may be processed by the service (audio and video are) before it counts as refused. 15 minutes by default.</summary>
    public TimeSpan FileReadyTimeout { get; set; } = TimeSpan.FromMinutes(15);
}
