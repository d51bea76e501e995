namespace GeminiBatch;

/// <summary>Where OAuth access tokens come from. Implementations are safe to call from several threads and keep a token until shortly before it ends.</summary>
public interface IAccessTokenSource
{
    /// <summary>A token that is valid now.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="MissingCredentialsException">Nobody is logged in, or the login has ended; the message says what to run.</exception>
    ValueTask<GeminiAccessToken> GetTokenAsync(CancellationToken cancellationToken = default);
}
