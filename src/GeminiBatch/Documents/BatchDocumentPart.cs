namespace GeminiBatch;

/// <summary>One part of a document: text, a local file, bytes, or an address that the backend reads.</summary>
public abstract record BatchDocumentPart
{
    private protected BatchDocumentPart()
    {
    }

    /// <summary>Text that is sent as it is.</summary>
    /// <param name="text">The text.</param>
    public static BatchDocumentPart Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new TextPart(text);
    }

    /// <summary>A local file: text is decoded as UTF-8 and sent as text, anything else is stored beside the ledger and uploaded.</summary>
    /// <param name="path">The file, opened while the run is planned.</param>
    /// <param name="mimeType">Its media type; told from what the file begins with, then from its extension, when left out.</param>
    public static BatchDocumentPart LocalFile(string path, string? mimeType = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new LocalFilePart(path, mimeType);
    }

    /// <summary>Bytes in memory, stored beside the ledger and uploaded.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="mimeType">Their media type.</param>
    public static BatchDocumentPart Bytes(ReadOnlyMemory<byte> bytes, string mimeType)
    {
        ArgumentException.ThrowIfNullOrEmpty(mimeType);
        return new BytesPart(bytes, mimeType);
    }

    /// <summary>
    /// Bytes that travel inside the row of the batch file instead of being uploaded, a third larger than they are. Nothing else is ever sent so; worth it for
    /// many small media that occur once.
    /// </summary>
    /// <param name="bytes">The bytes: as base64, those of all parts of a document and its text together have to stay below 19,000,000, because a row has to stay below 20 MB (protocol: 1.3, inline data).</param>
    /// <param name="mimeType">Their media type.</param>
    public static BatchDocumentPart InlineBytes(ReadOnlyMemory<byte> bytes, string mimeType)
    {
        ArgumentException.ThrowIfNullOrEmpty(mimeType);
        return new InlinePart(bytes, mimeType);
    }

    /// <summary>
    /// An address that the backend reads by itself: a public <c>https://</c> address, a file of the Files API (<c>files/…</c>) on the Developer API, an object
    /// (<c>gs://…</c>) on Vertex AI.
    /// </summary>
    /// <param name="uri">The address; it is the content's identity, an object's together with its generation; a file's of the Files API is its content's hash.</param>
    /// <param name="mimeType">The media type; what the backend has stored with it, else what the address ends in, when left out.</param>
    public static BatchDocumentPart Uri(string uri, string? mimeType = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(uri);
        return new UriPart(uri, mimeType);
    }

    internal sealed record TextPart(string Value) : BatchDocumentPart;

    internal sealed record LocalFilePart(string Path, string? MimeType) : BatchDocumentPart;

    internal sealed record BytesPart(ReadOnlyMemory<byte> Value, string MimeType) : BatchDocumentPart;

    internal sealed record InlinePart(ReadOnlyMemory<byte> Value, string MimeType) : BatchDocumentPart;

    internal sealed record UriPart(string Address, string? MimeType) : BatchDocumentPart;
}
