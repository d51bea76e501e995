namespace GeminiBatch;

/// <summary>What is known of an address before it is sent: that something is there, its type, and what tells its content from another.</summary>
/// <param name="backend">Where addresses are read.</param>
/// <param name="lookups">Looks addresses up.</param>
/// <param name="known">What an earlier reading of the run knew; <see langword="null"/> when there was none.</param>
internal sealed class AddressReader(IBatchBackend backend, AddressLookups lookups, KnownAddresses? known = null)
{
    private const string Unspecific = "application/octet-stream";
    private const int BadRequest = 400;

    /// <summary>Addresses of this pass whose size nobody tells: their tokens are assumed.</summary>
    public int Unmeasured { get; private set; }

    /// <summary>Objects of this pass that could not be looked at: a later content at the same address would not be noticed.</summary>
    public int Unversioned { get; private set; }

    /// <returns>The part, and why the backend cannot read what it names; <see langword="null"/> when it can.</returns>
    public async ValueTask<(SpoolPart.Uri Part, DocumentFailure? Failure)> ReadAsync(string id, BatchDocumentPart.UriPart part, CancellationToken cancellationToken)
    {
        if (backend.WhyUnreadable(part.Address) is { } why)
        {
            return Failed(part, "unreadable_address", $"Document '{id}': '{Shown(part.Address)}' {why}.");
        }

        AddressedFile? found;
        try
        {
            found = await lookups.FindAsync(part.Address, cancellationToken).ConfigureAwait(false);
        }
        catch (FileNotFoundException error)
        {
            // What was answered before it was deleted, or ran out, stays answered.
            return known?.FindAnswered(id, part.Address) is { } answered
                ? (answered with { MimeType = part.MimeType ?? answered.MimeType }, null)
                : Failed(part, "missing_address", $"Document '{id}' cannot be read: {error.Message}");
        }
        catch (InvalidOperationException error)
        {
            return Failed(part, "unreadable_address", $"Document '{id}' cannot be read: {error.Message}");
        }
        catch (GeminiApiException error) when (error.HttpStatus == BadRequest)
        {
            return Failed(part, "unreadable_address", $"Document '{id}' cannot be read: {error.Message}");
        }
        catch (GeminiApiException error)
        {
            throw new GeminiApiException($"Looking up the address of document '{id}'", error.HttpStatus, error.Status, error.ServiceMessage, error.Reason, error.RetryAfter);
        }

        return Read(id, part, found);
    }

    private (SpoolPart.Uri Part, DocumentFailure? Failure) Read(string id, BatchDocumentPart.UriPart part, AddressedFile? found)
    {
        var isObject = part.Address.StartsWith("gs://", StringComparison.Ordinal);
        if (found is null && !isObject && !part.Address.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return Failed(part, "unreadable_address", $"Document '{id}': '{Shown(part.Address)}' is no address that a backend reads. Use a public https:// address, files/… of the Developer API, or gs://bucket/name on Vertex AI; give local files by their path.");
        }

        // Whether this login may look at an object changes nothing of what was asked about it.
        var before = isObject ? known?.FindSent(id, part.Address) : null;
        var generation = found is null || before is { Generation: null } ? before?.Generation : found.Generation;
        var stored = found?.MimeType is { Length: > 0 } type && type != Unspecific ? type : before?.MimeType;
        if ((part.MimeType ?? stored ?? MediaTypes.OfPath(PathOf(part.Address))) is not { } mimeType)
        {
            return Failed(part, "unknown_type", $"What '{Shown(part.Address)}' of document '{id}' is cannot be told from the address. Give the media type: BatchDocumentPart.Uri(uri, mimeType).");
        }

        Unmeasured += found?.Size is null ? 1 : 0;
        Unversioned += isObject && (found is null || generation is null) ? 1 : 0;
        return (new(found?.Uri ?? part.Address, mimeType, generation, found?.Sha256Hex is { } hash ? ContentHash.Parse(hash) : null) { Size = found?.Size }, null);
    }

    private static (SpoolPart.Uri Part, DocumentFailure? Failure) Failed(BatchDocumentPart.UriPart part, string reason, string message) =>
        (new(part.Address, part.MimeType ?? Unspecific), new(reason, message));

    // A signed address opens what it names: its signature is told nobody.
    private static string Shown(string address)
    {
        var end = address.StartsWith("gs://", StringComparison.Ordinal) ? -1 : address.IndexOfAny(['?', '#']);
        var shown = end < 0 ? address : address[..end] + "?…";
        return Uri.TryCreate(shown, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0 ? shown.Replace(uri.UserInfo + "@", "", StringComparison.Ordinal) : shown;
    }

    private static string PathOf(string address) => address.StartsWith("gs://", StringComparison.Ordinal) || address.IndexOfAny(['?', '#']) is not (>= 0 and var end) ? address : address[..end];
}
