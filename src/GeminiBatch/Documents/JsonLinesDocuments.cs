using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Documents from a file of JSON lines, read one at a time.</summary>
internal static class JsonLinesDocuments
{
    public static async IAsyncEnumerable<BatchDocument> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (!File.Exists(path))
        {
            throw new DocumentException(path, "missing", $"The file '{path}' does not exist. Check the path; it is relative to the current directory '{Environment.CurrentDirectory}'.");
        }

        using var reader = new StreamReader(path, Encoding.UTF8);
        var number = 0;
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Parse(path, number, line);
            }
        }
    }

    private static BatchDocument Parse(string path, int number, string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            return new BatchDocument
            {
                Id = root.GetProperty("id").GetString()!,
                Parts = [.. root.GetProperty("parts").EnumerateArray().Select(part => Part(path, part))],
                Metadata = root.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
                    ? MetadataJson.Read(metadata.GetRawText())
                    : new Dictionary<string, MetadataValue>(0),
            };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new DocumentException(path, "no_document", string.Create(CultureInfo.InvariantCulture, $"Line {number} of '{path}' is no document such as {{\"id\":\"a\",\"parts\":[{{\"text\":\"…\"}}]}}: {error.Message}"), error);
        }
    }

    private static BatchDocumentPart Part(string path, JsonElement part)
    {
        if (part.TryGetProperty("text", out var text))
        {
            return BatchDocumentPart.Text(text.GetString()!);
        }

        var mimeType = part.TryGetProperty("mimeType", out var type) ? type.GetString() : null;
        return part.TryGetProperty("data", out var data) ? BatchDocumentPart.Bytes(data.GetBytesFromBase64(), mimeType!)
            : part.TryGetProperty("uri", out var uri) ? BatchDocumentPart.Uri(uri.GetString()!, mimeType!)
            : BatchDocumentPart.LocalFile(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, part.GetProperty("file").GetString()!), mimeType);
    }
}
