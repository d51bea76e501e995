using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace GeminiBatch;

/// <summary>Reads a document's parts while the run is planned: text as UTF-8, media into the content store.</summary>
internal sealed class DocumentReader(ContentStore store, AddressReader addresses, SectionCutter cutter)
{
    /// <summary>More text than any model's window of about a million tokens takes.</summary>
    private const int MaxTextBytes = 32 * 1024 * 1024;

    // Below 20 MB with everything around it (protocol: 1.3): the prompt and the schema have the rest.
    private const int MaxInlineRowBytes = 19_000_000;

    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>What is sent: one content, or one for each section.</returns>
    /// <exception cref="DocumentException">Thrown when a part cannot be used.</exception>
    public async ValueTask<IReadOnlyList<DocumentContent>> ReadAsync(BatchDocument document, CancellationToken cancellationToken)
    {
        if (document.Parts.Count == 0)
        {
            throw new DocumentException(document.Id, "empty", $"The document '{document.Id}' has no parts. Give it a text, a file or an address.");
        }

        var parts = new SpoolPart[document.Parts.Count];
        DocumentFailure? unreadable = null;
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = document.Parts[i] switch
            {
                BatchDocumentPart.TextPart text => new SpoolPart.Text(Encode(document, text.Value)),
                BatchDocumentPart.UriPart uri => Take(await addresses.ReadAsync(document.Id, uri, cancellationToken).ConfigureAwait(false), ref unreadable),
                BatchDocumentPart.InlinePart inline => Inline(document.Id, inline),
                BatchDocumentPart.BytesPart bytes when MediaTypes.IsText(bytes.MimeType) => new SpoolPart.Text(Decode(document.Id, "its bytes", bytes.Value)),
                BatchDocumentPart.BytesPart bytes => await StoreAsync(bytes.Value, bytes.MimeType, cancellationToken).ConfigureAwait(false),
                BatchDocumentPart.LocalFilePart file => await ReadFileAsync(document.Id, file, cancellationToken).ConfigureAwait(false),
                var other => throw new NotSupportedException($"The part {other.GetType().Name} is not known."),
            };
        }

        RequireRoomInRow(document.Id, parts);
        if (Array.TrueForAll(parts, static part => part is SpoolPart.Text text && IsBlank(text.Utf8.Span)))
        {
            throw new DocumentException(document.Id, "empty", $"The document '{document.Id}' is empty: it has no text and no media.");
        }

        return unreadable is not null ? [new(parts, Failure: unreadable)] : await cutter.CutAsync(document.Id, parts, cancellationToken).ConfigureAwait(false);
    }

    private static SpoolPart.Uri Take((SpoolPart.Uri Part, DocumentFailure? Failure) read, ref DocumentFailure? failure)
    {
        failure ??= read.Failure;
        return read.Part;
    }

    private static SpoolPart.Inline Inline(string id, BatchDocumentPart.InlinePart part) => part.Value.Length > 0
        ? new SpoolPart.Inline(part.Value, part.MimeType)
        : throw new DocumentException(id, "empty", $"Document '{id}' has an inline part without bytes. Leave it out.");

    private static void RequireRoomInRow(string id, SpoolPart[] parts)
    {
        var inline = parts.Sum(static part => part is SpoolPart.Inline { Bytes.Length: var length } ? ((length + 2L) / 3 * 4) : 0);
        var text = parts.Sum(static part => part is SpoolPart.Text { Utf8.Length: var length } ? (long)length : 0);
        if (inline > 0 && inline + text >= MaxInlineRowBytes)
        {
            throw new DocumentException(id, "too_large", string.Create(
                CultureInfo.InvariantCulture, $"The inline bytes of document '{id}' take {inline} bytes of its row as base64, beside {text} of text; together they have to stay below {MaxInlineRowBytes}. Have more uploaded: BatchDocumentPart.Bytes or LocalFile."));
        }
    }

    private static ReadOnlyMemory<byte> Encode(BatchDocument document, string text)
    {
        try
        {
            return s_strictUtf8.GetBytes(text);
        }
        catch (EncoderFallbackException error)
        {
            throw new DocumentException(document.Id, "undecodable", $"The text of document '{document.Id}' has half of a surrogate pair at index {error.Index}: it was cut inside a character.", error);
        }
    }

    // A byte order mark tells UTF-16; everything else has to be UTF-8.
    private static ReadOnlyMemory<byte> Decode(string id, string what, ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            bytes = bytes[3..];
        }
        else if (span.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || span.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            var encoding = new UnicodeEncoding(bigEndian: span[0] == 0xFE, byteOrderMark: false, throwOnInvalidBytes: true);
            try
            {
                return Encoding.UTF8.GetBytes(encoding.GetString(span[2..]));
            }
            catch (DecoderFallbackException error)
            {
                throw new DocumentException(id, "undecodable", $"Document '{id}' cannot be read: {what} begin like UTF-16 and are not.", error);
            }
        }

        if (!Utf8.IsValid(bytes.Span))
        {
            var at = FirstInvalid(bytes.Span);
            throw new DocumentException(id, "undecodable", string.Create(CultureInfo.InvariantCulture, $"Document '{id}' cannot be read: {what} are not UTF-8 at byte {at}. Convert it to UTF-8, or give its media type when it is no text."));
        }

        return bytes;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length && Rune.DecodeFromUtf8(bytes[at..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            at += consumed;
        }

        return at;
    }

    private static bool IsBlank(ReadOnlySpan<byte> utf8)
    {
        foreach (var value in utf8)
        {
            if (value > (byte)' ')
            {
                return false;
            }
        }

        return true;
    }

    private async ValueTask<SpoolPart> StoreAsync(ReadOnlyMemory<byte> bytes, string mimeType, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(bytes.ToArray(), writable: false);
        var (hash, size) = await store.AddAsync(stream, cancellationToken).ConfigureAwait(false);
        return new SpoolPart.Content(hash, mimeType, size);
    }

    private async ValueTask<SpoolPart> ReadFileAsync(string id, BatchDocumentPart.LocalFilePart part, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileStream(part.Path, new FileStreamOptions { Access = FileAccess.Read, Mode = FileMode.Open, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.SequentialScan });
            await using (file.ConfigureAwait(false))
            {
                if (file.Length == 0)
                {
                    throw new DocumentException(id, "empty", $"The file '{part.Path}' is empty.");
                }

                var mimeType = part.MimeType ?? await TypeAsync(id, part.Path, file, cancellationToken).ConfigureAwait(false);
                if (!MediaTypes.IsText(mimeType))
                {
                    var (hash, size) = await store.AddAsync(file, cancellationToken).ConfigureAwait(false);
                    return new SpoolPart.Content(hash, mimeType, size);
                }

                if (file.Length > MaxTextBytes)
                {
                    throw new DocumentException(id, "too_large", string.Create(CultureInfo.InvariantCulture, $"The text file '{part.Path}' has {file.Length} bytes, more than any model reads. Split it."));
                }

                var bytes = new byte[file.Length];
                var read = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                return new SpoolPart.Text(Decode(id, $"the bytes of '{part.Path}'", bytes.AsMemory(0, read)));
            }
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            var isLink = new FileInfo(part.Path).LinkTarget is not null;
            throw isLink
                ? new DocumentException(id, "dangling_link", $"'{part.Path}' is a link to '{new FileInfo(part.Path).LinkTarget}', which does not exist. Remove the link or restore its target.", error)
                : new DocumentException(id, "missing", $"The file '{part.Path}' does not exist.", error);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new DocumentException(id, "unreadable", $"The file '{part.Path}' cannot be read: {error.Message}", error);
        }
    }

    private static async ValueTask<string> TypeAsync(string id, string path, FileStream file, CancellationToken cancellationToken)
    {
        var head = new byte[MediaTypes.HeadBytes];
        var read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        file.Position = 0;
        return MediaTypes.Of(path, head.AsSpan(0, read))
            ?? throw new DocumentException(id, "unknown_type", $"What '{path}' is can be told neither from its first bytes nor from its extension. Give the media type: BatchDocumentPart.LocalFile(path, mimeType).");
    }
}
