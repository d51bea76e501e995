using System.Text.Json;

namespace GeminiBatch;

/// <summary>Where the file of the login lies, and what it says besides its secrets (protocol: 5).</summary>
internal static class CredentialsFile
{
    internal static string? ProjectOf(string? file)
    {
        try
        {
            string path = file ?? Find();
            if (!File.Exists(path))
            {
                return null;
            }

            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            return Text(document.RootElement, "project_id") ?? Text(document.RootElement, "quota_project_id");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            // What is wrong with the file is told when a token is asked for.
            return null;
        }
    }

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("GOOGLE_APPLICATION_CREDENTIALS")?.Trim() is { Length: > 0 } named)
        {
            return named;
        }

        string? configured = Environment.GetEnvironmentVariable("CLOUDSDK_CONFIG");
        string folder = !string.IsNullOrWhiteSpace(configured) ? configured
            : OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "gcloud")
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config", "gcloud");
        return Path.Combine(folder, "application_default_credentials.json");
    }

    private static string? Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString())
            ? value.GetString()
            : null;
}
