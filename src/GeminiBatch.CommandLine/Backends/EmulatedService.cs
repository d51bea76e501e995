namespace GeminiBatch;

/// <summary>How the embedded emulator is reached in both of its forms.</summary>
internal static class EmulatedService
{
    // Any key, token, project and bucket is good for an emulator; the user's own are not for it.
    private const string Name = "emulator";

    public static IBatchBackend Connect(HttpClient http, Uri endpoint, bool isVertex)
    {
        var retry = TimeSpan.FromMilliseconds(200);
        if (isVertex)
        {
            return new VertexBackend(new VertexAIClient(http, new VertexAIOptions
            {
                Project = Name,
                Location = "global",
                Bucket = "emulated-bucket",
                CreateBucket = true,
                AccessTokens = new Tokens(),
                Endpoint = endpoint,
                StorageEndpoint = endpoint,
                FirstRetryDelay = retry,
            }));
        }

        return new DeveloperBackend(new DeveloperApiClient(http, new DeveloperApiOptions
        {
            ApiKey = Name,
            Endpoint = endpoint,
            FilePollInterval = retry,
            FirstRetryDelay = retry,
        }));
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
