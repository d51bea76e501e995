namespace GeminiBatch;

/// <summary>Tells what kind of place an address names.</summary>
internal static class GeminiAddress
{
    internal static bool IsFilesApi(string address) =>
        address.StartsWith("files/", StringComparison.Ordinal)
        || (Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Host.Equals("generativelanguage.googleapis.com", StringComparison.OrdinalIgnoreCase));

    /// <summary>The same, for a service that may be at an address of its own.</summary>
    internal static bool IsFilesApi(string address, Uri endpoint) => IsFilesApi(address) || address.StartsWith($"{endpoint}v1beta/files/", StringComparison.Ordinal);

    internal static bool IsStorage(string address) => address.StartsWith("gs://", StringComparison.Ordinal);
}
