namespace GeminiBatch;

/// <summary>How the embedded emulator is reached in both of its forms.</summary>
internal static class EmulatedService
{
    // Any key, token, project and bucket is good for an emulator; the user's own are not for it.
    private const string Name = "emulator";

    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(200);

    public static DeveloperApiClient Developer(Uri endpoint) => new(new DeveloperApiOptions
    {
        ApiKey = Name,
        Endpoint = endpoint,
        FilePollInterval = s_retry,
        FirstRetryDelay = s_retry,
    });

    public static IBatchBackend Connect(Uri endpoint, bool isVertex)
    {
        if (isVertex)
        {
            return new VertexBackend(new VertexAIClient(new VertexAIOptions
            {
                Project = Name,
                Location = "global",
                Bucket = "emulated-bucket",
                CreateBucket = true,
                AccessTokens = new Tokens(),
                Endpoint = endpoint,
                StorageEndpoint = endpoint,
                FirstRetryDelay = s_retry,
            }));
        }

        return new DeveloperBackend(Developer(endpoint));
    }

    /// <summary>Jobs of an emulator take seconds, not hours.</summary>
    public static void Hurry(GeminiBatchOptions options)
    {
        options.InitialPollInterval = TimeSpan.FromMilliseconds(500);
        options.MaxPollInterval = TimeSpan.FromSeconds(2);
        options.RetryInterval = TimeSpan.FromMilliseconds(500);
        options.ReconcileInterval = TimeSpan.FromMilliseconds(500);
        options.ReconcileQuietPeriod = TimeSpan.FromSeconds(2);
        options.CreationBackoff = TimeSpan.FromSeconds(1);
    }

    private sealed class Tokens : IAccessTokenSource
    {
        public ValueTask<GeminiAccessToken> GetTokenAsync(CancellationToken cancellationToken = default) => new(new GeminiAccessToken(Name));
    }
}
