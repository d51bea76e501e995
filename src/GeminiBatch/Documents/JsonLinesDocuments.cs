using System.Runtime.CompilerServices;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Documents from lines of JSON, one at a time.</summary>
internal static class JsonLinesDocuments
{
    public static async IAsyncEnumerable<BatchDocument> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var number = 0L;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken).ConfigureAwait(false))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Read(path, number, line);
            }
        }
    }

    private static BatchDocument Read(string path, long number, string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            var parts = new List<BatchDocumentPart>();
            if (root.TryGetProperty("text"u8, out var own))
            {
                parts.Add(BatchDocumentPart.Text(own.GetString()!));
            }

            if (root.TryGetProperty("parts"u8, out var listed))
            {
                parts.AddRange(listed.EnumerateArray().Select(Part));
            }

            return new()
            {
                Id = root.GetProperty("id"u8).GetString()!,
                Parts = parts,
                Metadata = root.TryGetProperty("metadata"u8, out var metadata) ? MetadataJson.Read(metadata.GetRawText()) : new Dictionary<string, MetadataValue>(0),
            };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new DocumentException(path, "malformed_line", $"Line {number} of '{path}' is no document: {error.Message} A line is like {{\"id\":\"a\",\"text\":\"…\"}} or {{\"id\":\"a\",\"parts\":[{{\"file\":\"a.pdf\"}}]}}.", error);
        }
    }

    private static BatchDocumentPart Part(JsonElement part)
    {
        var mimeType = part.TryGetProperty("mimeType"u8, out var type) ? type.GetString() : null;
        return part.TryGetProperty("text"u8, out var text) ? BatchDocumentPart.Text(text.GetString()!)
            : part.TryGetProperty("file"u8, out var file) ? BatchDocumentPart.LocalFile(file.GetString()!, mimeType)
            : part.TryGetProperty("inline"u8, out var inline) ? BatchDocumentPart.InlineBytes(inline.GetBytesFromBase64(), mimeType!)
            : BatchDocumentPart.Uri(part.GetProperty("uri"u8).GetString()!, mimeType);
    }
}
