namespace GeminiBatch;

/// <summary>What is known of an address before it is sent: that something is there, its type and its generation.</summary>
internal sealed class AddressReader(IBatchBackend backend)
{
    private const string Unspecific = "application/octet-stream";

    /// <exception cref="DocumentException">Thrown when the backend cannot read what the address names.</exception>
    public async ValueTask<SpoolPart> ReadAsync(string id, BatchDocumentPart.UriPart part, CancellationToken cancellationToken)
    {
        if (backend.WhyUnreadable(part.Address) is { } why)
        {
            throw new DocumentException(id, "unreadable_address", $"Document '{id}': '{part.Address}' {why}.");
        }

        AddressedFile? found;
        try
        {
            found = await backend.FindFileAsync(part.Address, cancellationToken).ConfigureAwait(false);
        }
        catch (FileNotFoundException error)
        {
            throw new DocumentException(id, "missing_address", $"Document '{id}' cannot be read: {error.Message}", error);
        }
        catch (InvalidOperationException error)
        {
            throw new DocumentException(id, "unreadable_address", $"Document '{id}' cannot be read: {error.Message}", error);
        }

        if (found is null && !part.Address.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && !part.Address.StartsWith("gs://", StringComparison.Ordinal))
        {
            throw new DocumentException(id, "unreadable_address", $"Document '{id}': '{part.Address}' is no address that a backend reads. Use a public https:// address, files/… of the Developer API, or gs://bucket/name on Vertex AI; give local files by their path.");
        }

        var stored = found?.MimeType is { Length: > 0 } type && type != Unspecific ? type : null;
        return new SpoolPart.Uri(
            found?.Uri ?? part.Address,
            part.MimeType ?? stored ?? MediaTypes.OfPath(PathOf(part.Address))
                ?? throw new DocumentException(id, "unknown_type", $"What '{part.Address}' is cannot be told from the address. Give the media type: BatchDocumentPart.Uri(uri, mimeType)."),
            found?.Generation);
    }

    private static string PathOf(string address) => address.StartsWith("gs://", StringComparison.Ordinal) || address.IndexOfAny(['?', '#']) is not (>= 0 and var end) ? address : address[..end];
}
