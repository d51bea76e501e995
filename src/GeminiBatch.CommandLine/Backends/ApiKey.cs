namespace GeminiBatch;

/// <summary>The user's key in the environment, as the client finds it. It is never printed.</summary>
internal static class ApiKey
{
    private static readonly Uri s_anywhere = new("https://localhost/");
    private static readonly string[] s_names = ["GOOGLE_API_KEY", "GEMINI_API_KEY"];

    /// <summary>The variable that holds the key, and the key's fingerprint; null when there is none.</summary>
    /// <exception cref="CommandLineException">It holds something that cannot be a key.</exception>
    public static (string Variable, string Fingerprint)? Find()
    {
        foreach (var name in s_names)
        {
            if (Environment.GetEnvironmentVariable(name)?.Trim() is { Length: > 0 } key)
            {
                try
                {
                    // The client's own fingerprint, so that it is the one that runs are bound to. Nothing is sent.
                    return (name, new DeveloperApiClient(new DeveloperApiOptions { ApiKey = key, Endpoint = s_anywhere }).Account);
                }
                catch (ArgumentException)
                {
                    throw new CommandLineException($"What the environment variable {name} holds is no API key: a key has letters, digits, '-', '_' and '.', and no blanks or line breaks. Copy the key again.");
                }
            }
        }

        return null;
    }
}
