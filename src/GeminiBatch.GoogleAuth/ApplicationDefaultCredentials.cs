using System.Text.Json;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;

namespace GeminiBatch;

/// <summary>
/// Access tokens from Application Default Credentials: the file that <c>GOOGLE_APPLICATION_CREDENTIALS</c> names, else the login of
/// <c>gcloud auth application-default login</c>, else the machine's own service account (protocol: 5). Tokens are kept until shortly before they end.
/// </summary>
public sealed class ApplicationDefaultCredentials : IAccessTokenSource
{
    private const string Scope = "https://www.googleapis.com/auth/cloud-platform";
    private const string QuotaHeader = "x-goog-user-project";
    private const string LogIn = "Run: gcloud auth application-default login";

    private static readonly HashSet<string> KnownTypes = new(StringComparer.Ordinal)
    {
        "authorized_user", "service_account", "impersonated_service_account", "external_account", "external_account_authorized_user",
    };

    private readonly string? _file;
    private readonly string? _quotaProject;
    private readonly Lock _gate = new();
    private Task<GoogleCredential>? _credential;
    private string? _last;
    private string? _project;

    /// <summary>A source of tokens; nothing is read before the first one is asked for.</summary>
    /// <param name="credentialsFile">A credentials file to use instead of searching for one; null searches.</param>
    /// <param name="quotaProject">The project that calls are counted against; null takes the one of the credentials, if they name one.</param>
    public ApplicationDefaultCredentials(string? credentialsFile = null, string? quotaProject = null)
    {
        _file = credentialsFile;
        _quotaProject = quotaProject;
    }

    /// <summary>The project that the credentials file names: a service account's own, else the one that use is counted against. Null where neither is named or no file is found.</summary>
    public string? ProjectId => _project ??= CredentialsFile.ProjectOf(_file);

    /// <summary>How Google's library sends; its own way when null.</summary>
    internal Google.Apis.Http.IHttpClientFactory? HttpClientFactory { get; init; }

    /// <inheritdoc />
    public void Invalidate(GeminiAccessToken refused)
    {
        ArgumentNullException.ThrowIfNull(refused);
        lock (_gate)
        {
            // Read anew with the next token; a newer one that another call has fetched meanwhile is kept.
            if (string.Equals(_last, refused.Value, StringComparison.Ordinal))
            {
                _credential = null;
                _last = null;
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask<GeminiAccessToken> GetTokenAsync(CancellationToken cancellationToken = default)
    {
        GoogleCredential credential = await LoadAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            AccessTokenWithHeaders token = await ((ITokenAccessWithHeaders)credential)
                .GetAccessTokenWithHeadersForRequestAsync(authUri: null, cancellationToken).ConfigureAwait(false);
            lock (_gate)
            {
                _last = token.AccessToken;
            }

            string? project = token.Headers.TryGetValue(QuotaHeader, out IReadOnlyList<string>? values) && values.Count > 0 ? values[0] : null;
            return new GeminiAccessToken(token.AccessToken, _quotaProject ?? project);
        }
        catch (TokenResponseException exception) when (exception.Error?.Error is "invalid_grant" or "invalid_client" or "invalid_rapt" or "unauthorized_client")
        {
            throw new MissingCredentialsException(
                $"The Google Cloud login has ended or was revoked ({exception.Error.Error}). {LogIn}, or put a valid key into the file of the service account.", exception);
        }
    }

    private async Task<GoogleCredential> LoadAsync(CancellationToken cancellationToken)
    {
        Task<GoogleCredential> loading;
        lock (_gate)
        {
            // What failed is tried again: the user may have logged in meanwhile.
            if (_credential is null or { IsFaulted: true } or { IsCanceled: true })
            {
                _credential = FindAsync();
            }

            loading = _credential;
        }

        return await loading.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<GoogleCredential> FindAsync()
    {
        GoogleCredential credential = await (_file is null ? SearchAsync() : ReadAsync(_file)).ConfigureAwait(false);
        return HttpClientFactory is null ? credential : credential.CreateWithHttpClientFactory(HttpClientFactory);
    }

    private static async Task<GoogleCredential> SearchAsync()
    {
        string? named = Environment.GetEnvironmentVariable("GOOGLE_APPLICATION_CREDENTIALS");
        if (!string.IsNullOrWhiteSpace(named))
        {
            return await ReadAsync(named.Trim(), "GOOGLE_APPLICATION_CREDENTIALS names").ConfigureAwait(false);
        }

        try
        {
            GoogleCredential credential = await GoogleCredential.GetApplicationDefaultAsync(CancellationToken.None).ConfigureAwait(false);
            return credential.CreateScoped(Scope);
        }
        catch (InvalidOperationException exception)
        {
            throw new MissingCredentialsException(
                $"There is no Google Cloud login. {LogIn} (plain 'gcloud auth login' is not enough), or set GOOGLE_APPLICATION_CREDENTIALS to the key file of a service account.",
                exception);
        }
    }

    private static async Task<GoogleCredential> ReadAsync(string file, string origin = "The credentials file is")
    {
        try
        {
            string content = await File.ReadAllTextAsync(file).ConfigureAwait(false);
            using JsonDocument document = JsonDocument.Parse(content);
            string? type = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("type", out JsonElement member)
                && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
            if (type is null || !KnownTypes.Contains(type))
            {
                throw new MissingCredentialsException($"{origin} {file}, which is no credentials file: its \"type\" must be one of {string.Join(", ", KnownTypes.Order(StringComparer.Ordinal))}.");
            }

            return CredentialFactory.FromJson(content, type).CreateScoped(Scope);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MissingCredentialsException($"{origin} {file}, which does not exist. Correct the path, or unset it and log in. {LogIn}.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MissingCredentialsException($"{origin} {file}, which cannot be read: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            // The inner message may quote the file, which is a secret.
            throw new MissingCredentialsException($"{origin} {file}, which is no complete credentials file. Download it again. ({exception.GetType().Name})");
        }
    }
}
