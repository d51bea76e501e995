using System.Text.Json;

namespace GeminiBatch;

/// <summary>A part that carries its bytes. Made by <see cref="GeminiPart.Inline"/>.</summary>
public sealed record GeminiInlinePart : GeminiPart
{
    internal GeminiInlinePart(ReadOnlyMemory<byte> data, string mimeType) => (Data, MimeType) = (data, mimeType);

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Their MIME type.</summary>
    public string MimeType { get; }

    /// <inheritdoc />
    public override void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteStartObject("inlineData"u8);
        writer.WriteString("mimeType"u8, MimeType);
        writer.WriteBase64String("data"u8, Data.Span);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
