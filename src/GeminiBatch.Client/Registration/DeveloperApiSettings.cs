namespace GeminiBatch;

/// <summary>Options after the environment was asked, checked.</summary>
internal sealed class DeveloperApiSettings
{
    internal static readonly Uri GoogleEndpoint = new("https://generativelanguage.googleapis.com/");

    private const int Granularity = 256 * 1024;

    private DeveloperApiSettings(Uri endpoint, RequestCredentials credentials, bool bothKeysSet)
    {
        Endpoint = endpoint;
        Credentials = credentials;
        BothKeysSet = bothKeysSet;
    }

    internal Uri Endpoint { get; }

    internal RequestCredentials Credentials { get; }

    internal bool BothKeysSet { get; }

    /// <summary>What is wrong with the options, each in a sentence; none when they are usable.</summary>
    internal static IReadOnlyList<string> Check(DeveloperApiOptions options, Func<string, string?> environment)
    {
        var faults = new List<string>();
        if (options.AccessTokens is null)
        {
            string? key = ApiKeyLookup.Find(options.ApiKey, environment, out _);
            if (key is null)
            {
                faults.Add(ApiKeyLookup.Missing);
            }
            else if (key.Any(c => c is <= ' ' or > '~'))
            {
                faults.Add("The API key has characters that no key has (white space or non-ASCII). Copy it again.");
            }
        }

        CheckEndpoint(options, environment, faults);
        if (options.UploadChunkBytes < Granularity || options.UploadChunkBytes % Granularity != 0)
        {
            faults.Add($"DeveloperApiOptions.UploadChunkBytes is {options.UploadChunkBytes}: use a multiple of 262,144 (256 KiB).");
        }

        if (options.MaxAttempts < 1)
        {
            faults.Add($"DeveloperApiOptions.MaxAttempts is {options.MaxAttempts}: use 1 for no repetition, or more.");
        }

        if (options.FirstRetryDelay <= TimeSpan.Zero || options.MaxRetryDelay < options.FirstRetryDelay || options.MaxRetryDelay > TimeSpan.FromDays(1))
        {
            faults.Add("DeveloperApiOptions.FirstRetryDelay must be above zero, MaxRetryDelay not below it and at most a day.");
        }

        if (options.AttemptTimeout <= TimeSpan.Zero || options.AttemptTimeout > TimeSpan.FromDays(1) || options.FilePollInterval <= TimeSpan.Zero)
        {
            faults.Add("DeveloperApiOptions.AttemptTimeout and FilePollInterval must be above zero, the first at most a day.");
        }

        return faults;
    }

    internal static DeveloperApiSettings From(DeveloperApiOptions options, Func<string, string?> environment)
    {
        IReadOnlyList<string> faults = Check(options, environment);
        if (faults.Count > 0)
        {
            throw faults[0] == ApiKeyLookup.Missing ? new MissingCredentialsException(faults[0]) : new ArgumentException(string.Join(" ", faults), nameof(options));
        }

        bool bothSet = false;
        string? key = options.AccessTokens is null ? ApiKeyLookup.Find(options.ApiKey, environment, out bothSet) : null;
        var credentials = new RequestCredentials(key, options.AccessTokens);
        return new DeveloperApiSettings(FindEndpoint(options, environment)!, credentials, bothSet);
    }

    private static void CheckEndpoint(DeveloperApiOptions options, Func<string, string?> environment, List<string> faults)
    {
        if (FindEndpoint(options, environment) is not { } endpoint)
        {
            faults.Add("The endpoint is no absolute http or https address without query and user. Check DeveloperApiOptions.Endpoint or GOOGLE_GEMINI_BASE_URL.");
        }
        else if (endpoint.Scheme != Uri.UriSchemeHttps && !endpoint.IsLoopback)
        {
            faults.Add($"The endpoint {endpoint} would carry the key unencrypted over the network. Use https; http is for addresses of this machine.");
        }
    }

    // The address always ends in a slash, so that paths are added and do not replace its last segment.
    private static Uri? FindEndpoint(DeveloperApiOptions options, Func<string, string?> environment)
    {
        Uri? given = options.Endpoint;
        if (given is null)
        {
            string? text = environment("GOOGLE_GEMINI_BASE_URL");
            if (string.IsNullOrWhiteSpace(text))
            {
                return GoogleEndpoint;
            }

            _ = Uri.TryCreate(text.Trim(), UriKind.Absolute, out given);
        }

        bool usable = given is { IsAbsoluteUri: true }
            && (given.Scheme == Uri.UriSchemeHttps || given.Scheme == Uri.UriSchemeHttp)
            && given.Query.Length == 0 && given.Fragment.Length == 0 && given.UserInfo.Length == 0;
        return !usable ? null : given!.AbsolutePath.EndsWith('/') ? given : new Uri(given.AbsoluteUri + "/");
    }
}
