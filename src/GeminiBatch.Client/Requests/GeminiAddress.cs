namespace GeminiBatch;

/// <summary>Tells what kind of place an address names.</summary>
internal static class GeminiAddress
{
    internal static bool IsFilesApi(string address) =>
        address.StartsWith("files/", StringComparison.Ordinal)
        || (Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Host.Equals("generativelanguage.googleapis.com", StringComparison.OrdinalIgnoreCase));

    internal static bool IsStorage(string address) => address.StartsWith("gs://", StringComparison.Ordinal);
}
