namespace GeminiBatch;

/// <summary>Where OAuth access tokens come from. Implementations are safe to call from several threads and keep a token until shortly before it ends.</summary>
public interface IAccessTokenSource
{
    /// <summary>The project that the login itself names, or null; used where no other project is given (protocol: 5).</summary>
    string? ProjectId => null;

    /// <summary>A token that is valid now.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="MissingCredentialsException">Nobody is logged in, or the login has ended; the message says what to run.</exception>
    ValueTask<GeminiAccessToken> GetTokenAsync(CancellationToken cancellationToken = default);

    /// <summary>Tells that the service refused a token with 401, so that the next one is fetched anew. Does nothing where a source keeps none.</summary>
    /// <param name="refused">The token that was refused.</param>
    void Invalidate(GeminiAccessToken refused)
    {
    }
}
