using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace GeminiBatch;

/// <summary>Puts the key or token into a request's headers, and into nothing else.</summary>
internal sealed class RequestCredentials
{
    private readonly string? _apiKey;
    private readonly IAccessTokenSource? _tokens;
    private volatile string? _lastToken;

    internal RequestCredentials(string? apiKey, IAccessTokenSource? tokens)
    {
        _apiKey = apiKey;
        _tokens = tokens;
        Account = apiKey is null ? tokens?.ProjectId is { Length: > 0 } project ? "project-" + project : "" : "k-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("gemini-batch-account:" + apiKey)), 0, 4);
    }

    /// <summary>A fingerprint that tells keys apart and gives nothing away, or the login's project; empty for a login that names none.</summary>
    internal string Account { get; }

    /// <summary>Puts the credentials into the request; returns the token that was used, if it was one.</summary>
    internal async ValueTask<GeminiAccessToken?> ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_tokens is null)
        {
            request.Headers.TryAddWithoutValidation("x-goog-api-key", _apiKey);
            return null;
        }

        GeminiAccessToken token = await _tokens.GetTokenAsync(cancellationToken).ConfigureAwait(false);
        _lastToken = token.Value;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        if (token.QuotaProject is { } project)
        {
            request.Headers.TryAddWithoutValidation("x-goog-user-project", project);
        }

        return token;
    }

    internal void Invalidate(GeminiAccessToken token) => _tokens?.Invalidate(token);

    /// <summary>Takes the key or token out of a text that a proxy may have echoed it into.</summary>
    internal string Redact(string text) => (_apiKey ?? _lastToken) is { Length: > 0 } secret ? text.Replace(secret, _apiKey is null ? "[token]" : "[key]", StringComparison.Ordinal) : text;
}
