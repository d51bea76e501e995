namespace GeminiBatch;

/// <summary>Finds the API key: options, then <c>GOOGLE_API_KEY</c>, then <c>GEMINI_API_KEY</c>; trimmed, blank is unset (protocol: 5).</summary>
internal static class ApiKeyLookup
{
    internal const string Missing =
        "There is no API key. Set DeveloperApiOptions.ApiKey, or the environment variable GOOGLE_API_KEY or GEMINI_API_KEY. A key is made at https://aistudio.google.com/apikey.";

    internal static string? Find(string? fromOptions, Func<string, string?> environment, out bool bothSet)
    {
        string? google = Clean(environment("GOOGLE_API_KEY"));
        string? gemini = Clean(environment("GEMINI_API_KEY"));
        string? given = Clean(fromOptions);
        bothSet = given is null && google is not null && gemini is not null;
        return given ?? google ?? gemini;
    }

    private static string? Clean(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
