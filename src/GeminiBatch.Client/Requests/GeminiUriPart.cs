using System.Text.Json;

namespace GeminiBatch;

/// <summary>A part that names a file by address. Made by <see cref="GeminiPart.FromUri"/>.</summary>
public sealed record GeminiUriPart : GeminiPart
{
    internal GeminiUriPart(string uri, string mimeType) => (Uri, MimeType) = (uri, mimeType);

    /// <summary>The address, as given.</summary>
    public string Uri { get; }

    /// <summary>The MIME type, as given.</summary>
    public string MimeType { get; }

    /// <inheritdoc />
    public override void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteStartObject("fileData"u8);
        writer.WriteString("mimeType"u8, MimeType);
        writer.WriteString("fileUri"u8, Uri);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
