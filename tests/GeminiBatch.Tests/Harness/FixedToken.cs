namespace GeminiBatch.Tests;

/// <summary>An access token that the emulator takes.</summary>
internal sealed class FixedToken : IAccessTokenSource
{
    public ValueTask<GeminiAccessToken> GetTokenAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(new GeminiAccessToken("token-of-the-emulator"));
}
