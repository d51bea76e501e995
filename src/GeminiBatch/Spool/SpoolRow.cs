using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>A neutral request row: the key, the document's parts without anything ephemeral, and metadata where the recipe shows it to the model.</summary>
/// <remarks>
/// One line of compact JSON: <c>{"key":"…","parts":[{"text":"…"},{"content":"‹sha-256›","mimeType":"…","size":1},{"uri":"…","mimeType":"…"}],"metadata":{…}}</c>.
/// </remarks>
internal sealed record SpoolRow(string Key, IReadOnlyList<SpoolPart> Parts, string? MetadataJson)
{
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(Utf8JsonWriter writer, string key, IReadOnlyList<SpoolPart> parts, string? metadataJson)
    {
        writer.WriteStartObject();
        writer.WriteString("key"u8, key);
        writer.WriteStartArray("parts"u8);
        foreach (var part in parts)
        {
            writer.WriteStartObject();
            switch (part)
            {
                case SpoolPart.Text text:
                    writer.WriteString("text"u8, text.Utf8.Span);
                    break;
                case SpoolPart.Content content:
                    writer.WriteString("content"u8, content.Hash.ToString());
                    writer.WriteString("mimeType"u8, content.MimeType);
                    writer.WriteNumber("size"u8, content.Size);
                    break;
                case SpoolPart.Uri uri:
                    writer.WriteString("uri"u8, uri.Address);
                    writer.WriteString("mimeType"u8, uri.MimeType);
                    break;
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (metadataJson is not null)
        {
            writer.WritePropertyName("metadata"u8);
            writer.WriteRawValue(metadataJson, skipInputValidation: true);
        }

        writer.WriteEndObject();
    }

    public static SpoolRow Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var parts = new List<SpoolPart>();
        foreach (var part in root.GetProperty("parts"u8).EnumerateArray())
        {
            if (part.TryGetProperty("text"u8, out var text))
            {
                parts.Add(new SpoolPart.Text(Encoding.UTF8.GetBytes(text.GetString()!)));
            }
            else if (part.TryGetProperty("content"u8, out var content))
            {
                parts.Add(new SpoolPart.Content(ContentHash.Parse(content.GetString()!), part.GetProperty("mimeType"u8).GetString()!, part.GetProperty("size"u8).GetInt64()));
            }
            else
            {
                parts.Add(new SpoolPart.Uri(part.GetProperty("uri"u8).GetString()!, part.GetProperty("mimeType"u8).GetString()!));
            }
        }

        return new(root.GetProperty("key"u8).GetString()!, parts, root.TryGetProperty("metadata"u8, out var metadata) ? metadata.GetRawText() : null);
    }
}
