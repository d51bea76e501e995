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
    /// <param name="mimeType">Its media type; told from the extension when left out.</param>
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

    /// <summary>An address that the backend reads by itself: a public <c>https://</c> address or, on Vertex AI, <c>gs://</c>.</summary>
    /// <param name="uri">The address; it is the content's identity.</param>
    /// <param name="mimeType">The media type.</param>
    public static BatchDocumentPart Uri(string uri, string mimeType)
    {
        ArgumentException.ThrowIfNullOrEmpty(uri);
        ArgumentException.ThrowIfNullOrEmpty(mimeType);
        return new UriPart(uri, mimeType);
    }

    internal sealed record TextPart(string Value) : BatchDocumentPart;

    internal sealed record LocalFilePart(string Path, string? MimeType) : BatchDocumentPart;

    internal sealed record BytesPart(ReadOnlyMemory<byte> Value, string MimeType) : BatchDocumentPart;

    internal sealed record UriPart(string Address, string MimeType) : BatchDocumentPart;
}
