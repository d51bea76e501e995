namespace GeminiBatch;

/// <summary>Connections of clients that are made without a container.</summary>
internal static class SharedConnections
{
    private static readonly Lazy<HttpClient> Lazily = new(() => new HttpClient(CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan });

    internal static HttpClient Client() => Lazily.Value;

    /// <summary>
    /// Redirects are not followed: the key would travel along. Answers are not decompressed: a broken download continues at a byte of what is on the wire.
    /// </summary>
    internal static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
}
