namespace GeminiBatch.Client.Tests.Wire;

/// <summary>A source of tokens that counts them: <c>token-1</c> until it is told that it is refused, then <c>token-2</c>.</summary>
internal sealed class CountedTokens : IAccessTokenSource
{
    private int _number = 1;

    public string? ProjectId { get; init; }

    public string? QuotaProject { get; init; }

    public ValueTask<GeminiAccessToken> GetTokenAsync(CancellationToken cancellationToken = default) => new(new GeminiAccessToken($"token-{_number}", QuotaProject));

    public void Invalidate(GeminiAccessToken refused)
    {
        if (refused.Value == $"token-{_number}")
        {
            _number++;
        }
    }
}
