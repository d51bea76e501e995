namespace GeminiBatch;

/// <summary>One input of a run: an id, the parts that are sent, and flat metadata that comes back with the result.</summary>
/// <remarks>
/// The id names the document in results and in the ledger; it is not sent. What is sent, and what the row's key is computed from, are the
/// parts, the overrides and, only on request, the metadata. Files are opened while the run is planned, never before.
/// </remarks>
public sealed record BatchDocument
{
    private static readonly IReadOnlyDictionary<string, MetadataValue> s_noMetadata = new Dictionary<string, MetadataValue>(0);

    /// <summary>The document's name within its run: unique, not empty, compared ordinally.</summary>
    public required string Id { get; init; }

    /// <summary>What is sent, in this order within its kind: media parts precede text on the wire.</summary>
    public IReadOnlyList<BatchDocumentPart> Parts { get; init; } = [];

    /// <summary>Flat values that are kept in the ledger and returned with the result.</summary>
    public IReadOnlyDictionary<string, MetadataValue> Metadata { get; init; } = s_noMetadata;

    /// <summary>What this document is asked differently from the rest of the run; <see langword="null"/> for nothing.</summary>
    public RecipeOverrides? Overrides { get; init; }

    /// <summary>Told of this document when its files cannot be read, which then is a named skip; without it that is an error.</summary>
    internal Action<SkippedDocument>? Skipped { get; init; }

    /// <summary>A document of one text.</summary>
    /// <param name="id">The document's name within its run.</param>
    /// <param name="text">The text that is sent.</param>
    public static BatchDocument FromText(string id, string text) => new() { Id = id, Parts = [BatchDocumentPart.Text(text)] };

    /// <summary>A document of one local file, read while the run is planned: text as UTF-8, media as they are.</summary>
    /// <param name="path">The file.</param>
    /// <param name="id">The document's name within its run; the file's name when left out.</param>
    public static BatchDocument FromFile(string path, string? id = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new() { Id = id ?? Path.GetFileName(path), Parts = [BatchDocumentPart.LocalFile(path)] };
    }

    /// <summary>A document that the backend fetches itself.</summary>
    /// <param name="id">The document's name within its run.</param>
    /// <param name="uri">Its address: <c>https://…</c>, <c>files/…</c> on the Developer API, <c>gs://…</c> on Vertex AI. It is the content's identity, an object's together with its generation; a file's of the Files API is its content's hash. With nothing behind it, the document fails by itself.</param>
    /// <param name="mimeType">Its media type, for example <c>application/pdf</c>; what the backend has stored with it, else what the address ends in, when left out.</param>
    public static BatchDocument FromUri(string id, string uri, string? mimeType = null) => new() { Id = id, Parts = [BatchDocumentPart.Uri(uri, mimeType)] };

    /// <summary>The files of a folder in ordinal order of their ids, which are paths relative to it with <c>/</c>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="pattern">Which file names are taken: <c>*</c> and <c>?</c> as wildcards, several patterns separated by <c>;</c>.</param>
    /// <param name="options">Whether to descend, and who is told of what is skipped.</param>
    /// <exception cref="DocumentException">Thrown on the first step when the folder is missing, is not a folder or has no file to take.</exception>
    public static IAsyncEnumerable<BatchDocument> FromFolder(string folder, string pattern = "*.txt", FolderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        return FolderDocuments.EnumerateAsync(folder, pattern, options ?? new FolderOptions());
    }

    /// <summary>Documents from a file of JSON lines: <c>{"id":"a","text":"…"}</c>, or with <c>"parts"</c> of <c>{"text":…}</c>, <c>{"file":…,"mimeType":…}</c>, <c>{"uri":…,"mimeType":…}</c> and <c>{"inline":‹base64›,"mimeType":…}</c>, and flat <c>"metadata"</c>. What <see cref="ExtractionRun.WriteFailuresAsync"/> writes is read back by it.</summary>
    /// <param name="path">The file; read while the run is planned, one line at a time.</param>
    /// <exception cref="DocumentException">Thrown where a line is no document; it names the line.</exception>
    public static IAsyncEnumerable<BatchDocument> FromJsonLines(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return JsonLinesDocuments.ReadAsync(path);
    }

    /// <summary>The same document with the values of a metadata record added.</summary>
    /// <typeparam name="TMetadata">A type with <see cref="BatchMetadataAttribute"/>.</typeparam>
    /// <param name="metadata">The record.</param>
    public BatchDocument WithMetadata<TMetadata>(TMetadata metadata)
        where TMetadata : IBatchMetadata<TMetadata>
    {
        var values = new Dictionary<string, MetadataValue>(Metadata, StringComparer.Ordinal);
        TMetadata.Write(metadata, values);
        return this with { Metadata = values };
    }
}
