namespace GeminiBatch;

/// <summary>Checks of options that both backends have, and of addresses.</summary>
internal static class ServiceSettings
{
    private const int Granularity = 256 * 1024;

    /// <summary>Adds what is wrong with the options, each in a sentence.</summary>
    internal static void Check(GeminiServiceOptions options, List<string> faults)
    {
        string type = options.GetType().Name;
        if (options.UploadChunkBytes < Granularity || options.UploadChunkBytes % Granularity != 0)
        {
            faults.Add($"{type}.UploadChunkBytes is {options.UploadChunkBytes}: use a multiple of 262,144 (256 KiB).");
        }

        if (options.MaxAttempts < 1)
        {
            faults.Add($"{type}.MaxAttempts is {options.MaxAttempts}: use 1 for no repetition, or more.");
        }

        if (options.FirstRetryDelay <= TimeSpan.Zero || options.MaxRetryDelay < options.FirstRetryDelay || options.MaxRetryDelay > TimeSpan.FromDays(1))
        {
            faults.Add($"{type}.FirstRetryDelay must be above zero, MaxRetryDelay not below it and at most a day.");
        }

        if (options.AttemptTimeout <= TimeSpan.Zero || options.AttemptTimeout > TimeSpan.FromDays(1))
        {
            faults.Add($"{type}.AttemptTimeout must be above zero and at most a day.");
        }
    }

    /// <summary>The address with a slash at its end, so that paths are added and do not replace its last segment; null when it is no usable address.</summary>
    internal static Uri? Usable(Uri? given)
    {
        bool usable = given is { IsAbsoluteUri: true }
            && (given.Scheme == Uri.UriSchemeHttps || given.Scheme == Uri.UriSchemeHttp)
            && given.Query.Length == 0 && given.Fragment.Length == 0 && given.UserInfo.Length == 0;
        return !usable ? null : given!.AbsolutePath.EndsWith('/') ? given : new Uri(given.AbsoluteUri + "/");
    }

    /// <summary>Adds what is wrong with an address as <see cref="Usable"/> gave it.</summary>
    internal static void CheckEndpoint(Uri? endpoint, string origin, string secret, List<string> faults)
    {
        if (endpoint is null)
        {
            faults.Add($"The endpoint is no absolute http or https address without query and user. Check {origin}.");
        }
        else if (endpoint.Scheme != Uri.UriSchemeHttps && !endpoint.IsLoopback)
        {
            faults.Add($"The endpoint {endpoint} would carry the {secret} unencrypted over the network. Use https; http is for addresses of this machine.");
        }
    }

    internal static string? Clean(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
