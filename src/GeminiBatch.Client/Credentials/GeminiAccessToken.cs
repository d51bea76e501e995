namespace GeminiBatch;

/// <summary>An OAuth bearer token and the project that its use is counted against. Never printed: <see cref="ToString"/> hides the token.</summary>
/// <param name="Value">The token.</param>
/// <param name="QuotaProject">The project sent as <c>x-goog-user-project</c>, or null (protocol: 3.1).</param>
public sealed record GeminiAccessToken(string Value, string? QuotaProject = null)
{
    /// <inheritdoc />
    public override string ToString() => $"GeminiAccessToken {{ QuotaProject = {QuotaProject} }}";
}
