using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>A neutral request row: the key, the document's parts without anything ephemeral, and metadata where the recipe shows it to the model.</summary>
/// <remarks>
/// One line of compact JSON: <c>{"key":"…","parts":[{"text":"…"},{"content":"‹sha-256›","mimeType":"…","size":1},{"uri":"…","mimeType":"…"}],"metadata":{…}}</c>;
/// a section has <c>"of"</c>, <c>"first"</c> and <c>"last"</c> besides, inline media are <c>{"inline":"‹base64›","mimeType":"…"}</c>, an object in a bucket may have a <c>"generation"</c>, a file of
/// the Files API a <c>"hash"</c>.
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
                    if (content.Pages is { } pages)
                    {
                        writer.WriteString("of"u8, pages.Source.ToString());
                        writer.WriteNumber("first"u8, pages.First);
                        writer.WriteNumber("last"u8, pages.Last);
                    }

                    break;
                case SpoolPart.Inline inline:
                    writer.WriteBase64String("inline"u8, inline.Bytes.Span);
                    writer.WriteString("mimeType"u8, inline.MimeType);
                    break;
                case SpoolPart.Uri uri:
                    writer.WriteString("uri"u8, uri.Address);
                    writer.WriteString("mimeType"u8, uri.MimeType);
                    if (uri.Generation is { } generation)
                    {
                        writer.WriteString("generation"u8, generation);
                    }

                    if (uri.Hash is { } hash)
                    {
                        writer.WriteString("hash"u8, hash.ToString());
                    }

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
                var pages = part.TryGetProperty("of"u8, out var of) ? new PageRange(ContentHash.Parse(of.GetString()!), part.GetProperty("first"u8).GetInt32(), part.GetProperty("last"u8).GetInt32()) : null;
                parts.Add(new SpoolPart.Content(ContentHash.Parse(content.GetString()!), part.GetProperty("mimeType"u8).GetString()!, part.GetProperty("size"u8).GetInt64(), pages));
            }
            else if (part.TryGetProperty("inline"u8, out var inline))
            {
                parts.Add(new SpoolPart.Inline(inline.GetBytesFromBase64(), part.GetProperty("mimeType"u8).GetString()!));
            }
            else
            {
                parts.Add(new SpoolPart.Uri(
                    part.GetProperty("uri"u8).GetString()!,
                    part.GetProperty("mimeType"u8).GetString()!,
                    part.TryGetProperty("generation"u8, out var generation) ? generation.GetString() : null,
                    part.TryGetProperty("hash"u8, out var hash) ? ContentHash.Parse(hash.GetString()!) : null));
            }
        }

        return new(root.GetProperty("key"u8).GetString()!, parts, root.TryGetProperty("metadata"u8, out var metadata) ? metadata.GetRawText() : null);
    }
}
