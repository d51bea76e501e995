namespace GeminiBatch;

/// <summary>Options after the environment was asked, checked.</summary>
internal sealed class DeveloperApiSettings
{
    internal static readonly Uri GoogleEndpoint = new("https://generativelanguage.googleapis.com/");

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

        ServiceSettings.CheckEndpoint(FindEndpoint(options, environment), "DeveloperApiOptions.Endpoint or GOOGLE_GEMINI_BASE_URL", "key", faults);
        ServiceSettings.Check(options, faults);
        if (options.FilePollInterval <= TimeSpan.Zero)
        {
            faults.Add("DeveloperApiOptions.FilePollInterval must be above zero.");
        }

        if (options.FileReadyTimeout < TimeSpan.Zero)
        {
            faults.Add("DeveloperApiOptions.FileReadyTimeout must not be below zero.");
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

    private static Uri? FindEndpoint(DeveloperApiOptions options, Func<string, string?> environment)
    {
        Uri? given = options.Endpoint;
        if (given is null)
        {
            if (ServiceSettings.Clean(environment("GOOGLE_GEMINI_BASE_URL")) is not { } text)
            {
                return GoogleEndpoint;
            }

            _ = Uri.TryCreate(text, UriKind.Absolute, out given);
        }

        return ServiceSettings.Usable(given);
    }
}
