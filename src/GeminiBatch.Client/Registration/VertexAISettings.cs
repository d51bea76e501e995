namespace GeminiBatch;

/// <summary>Options after the environment was asked, checked.</summary>
internal sealed class VertexAISettings
{
    internal const string DefaultLocation = "global";

    internal const string MissingTokens =
        "There is no source of Google Cloud tokens. Set VertexAIOptions.AccessTokens to new ApplicationDefaultCredentials() of GeminiBatch.GoogleAuth, or register an IAccessTokenSource. "
        + "An API key is not enough: batch jobs on Vertex AI read and write a bucket.";

    private static readonly Uri GoogleStorage = new("https://storage.googleapis.com/");

    private VertexAISettings(string project, string location, Uri endpoint, Uri storage, string? bucket, string prefix, IAccessTokenSource tokens)
    {
        Project = project;
        Location = location;
        Endpoint = endpoint;
        StorageEndpoint = storage;
        Bucket = bucket;
        Prefix = prefix;
        Credentials = new RequestCredentials(apiKey: null, tokens);
    }

    internal string Project { get; }

    internal string Location { get; }

    internal Uri Endpoint { get; }

    internal Uri StorageEndpoint { get; }

    internal string? Bucket { get; }

    internal string Prefix { get; }

    internal RequestCredentials Credentials { get; }

    /// <summary>Google's host for a location (protocol: 3.1).</summary>
    internal static Uri GoogleEndpoint(string location) => new(location switch
    {
        "global" => "https://aiplatform.googleapis.com/",
        "us" or "eu" => $"https://aiplatform.{location}.rep.googleapis.com/",
        _ => $"https://{location}-aiplatform.googleapis.com/",
    });

    /// <summary>What is wrong with the options, each in a sentence; none when they are usable.</summary>
    internal static IReadOnlyList<string> Check(VertexAIOptions options, IAccessTokenSource? tokens, Func<string, string?> environment)
    {
        var faults = new List<string>();
        if (tokens is null)
        {
            faults.Add(MissingTokens);
        }

        if (FindProject(options, tokens, environment) is not { } project)
        {
            faults.Add("There is no Google Cloud project. Set VertexAIOptions.Project or GOOGLE_CLOUD_PROJECT, or log in with a project: gcloud auth application-default set-quota-project PROJECT.");
        }
        else if (!IsName(project, ".:"))
        {
            faults.Add($"'{project}' is no Google Cloud project. Use its id, such as my-project-123, from VertexAIOptions.Project or GOOGLE_CLOUD_PROJECT.");
        }

        string location = FindLocation(options, environment);
        if (!IsName(location, ""))
        {
            faults.Add($"'{location}' is no location. Use global, us, eu or a region such as europe-west4, in VertexAIOptions.Location or GOOGLE_CLOUD_LOCATION.");
            location = DefaultLocation;
        }

        if (FindBucket(options) is { } bucket && !CloudObjectName.IsBucket(bucket))
        {
            faults.Add($"'{bucket}' is no bucket: VertexAIOptions.Bucket is a name of 3 to 63 lower-case letters, digits, dashes, dots and underscores, with or without gs://.");
        }

        if (!IsPrefix(FindPrefix(options)))
        {
            faults.Add("VertexAIOptions.Prefix is a path of letters, digits, dashes, dots and underscores, such as gemini-batch or team-a/invoices.");
        }

        ServiceSettings.CheckEndpoint(FindEndpoint(options, location, environment), "VertexAIOptions.Endpoint or GOOGLE_VERTEX_BASE_URL", "token", faults);
        ServiceSettings.CheckEndpoint(FindStorage(options, location, environment), "VertexAIOptions.StorageEndpoint or STORAGE_EMULATOR_HOST", "token", faults);
        ServiceSettings.Check(options, faults);
        return faults;
    }

    internal static VertexAISettings From(VertexAIOptions options, Func<string, string?> environment)
    {
        IReadOnlyList<string> faults = Check(options, options.AccessTokens, environment);
        if (faults.Count > 0)
        {
            throw faults[0] == MissingTokens ? new MissingCredentialsException(faults[0]) : new ArgumentException(string.Join(" ", faults), nameof(options));
        }

        string location = FindLocation(options, environment);
        return new VertexAISettings(
            FindProject(options, options.AccessTokens, environment)!,
            location,
            FindEndpoint(options, location, environment)!,
            FindStorage(options, location, environment)!,
            FindBucket(options),
            FindPrefix(options),
            options.AccessTokens!);
    }

    private static string? FindProject(VertexAIOptions options, IAccessTokenSource? tokens, Func<string, string?> environment) =>
        ServiceSettings.Clean(options.Project) ?? ServiceSettings.Clean(environment("GOOGLE_CLOUD_PROJECT")) ?? ServiceSettings.Clean(tokens?.ProjectId);

    private static string FindLocation(VertexAIOptions options, Func<string, string?> environment) =>
        (ServiceSettings.Clean(options.Location) ?? ServiceSettings.Clean(environment("GOOGLE_CLOUD_LOCATION")) ?? DefaultLocation).ToLowerInvariant();

    private static string? FindBucket(VertexAIOptions options)
    {
        string? bucket = ServiceSettings.Clean(options.Bucket);
        return bucket?.StartsWith("gs://", StringComparison.Ordinal) == true ? bucket["gs://".Length..].TrimEnd('/') : bucket;
    }

    private static string FindPrefix(VertexAIOptions options) => (options.Prefix ?? "").Trim().Trim('/');

    private static Uri? FindEndpoint(VertexAIOptions options, string location, Func<string, string?> environment)
    {
        if (options.Endpoint is { } given)
        {
            return ServiceSettings.Usable(given);
        }

        if (ServiceSettings.Clean(environment("GOOGLE_VERTEX_BASE_URL")) is not { } text)
        {
            return GoogleEndpoint(location);
        }

        _ = Uri.TryCreate(text, UriKind.Absolute, out Uri? address);
        return ServiceSettings.Usable(address);
    }

    // Google's clients take a host without a scheme, and a path behind it, such as /storage/v1/. An emulator of Vertex AI has its storage with it: a login that was
    // given for this machine, and documents, never go to Google instead.
    private static Uri? FindStorage(VertexAIOptions options, string location, Func<string, string?> environment)
    {
        if (options.StorageEndpoint is { } given)
        {
            return ServiceSettings.Usable(given);
        }

        if (ServiceSettings.Clean(environment("STORAGE_EMULATOR_HOST")) is not { } text)
        {
            return FindEndpoint(options, location, environment) is { IsLoopback: true } emulator ? emulator : GoogleStorage;
        }

        _ = Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text, UriKind.Absolute, out Uri? address);
        return ServiceSettings.Usable(address) is { } usable && usable.AbsolutePath.StartsWith("/storage/v1", StringComparison.Ordinal) ? new Uri(usable, "/") : ServiceSettings.Usable(address);
    }

    private static bool IsName(string name, string further) => name.Length <= 100 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-' || further.Contains(c, StringComparison.Ordinal));

    private static bool IsPrefix(string prefix) => prefix.Length is > 0 and <= 400
        && prefix.Split('/').All(static segment => segment.Length > 0 && segment is not ("." or "..") && segment.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'));
}
