using System.Text.Json;

namespace GeminiBatch;

/// <summary>One part of a turn: text, bytes, or the address of a file (protocol: 6, part union).</summary>
public abstract record GeminiPart
{
    private protected GeminiPart()
    {
    }

    /// <summary>A text.</summary>
    /// <param name="text">The text; sent as it is.</param>
    public static GeminiPart Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new GeminiTextPart(text);
    }

    /// <summary>A file by address: a Files API URI, a <c>gs://</c> object or a public <c>https://</c> address.</summary>
    /// <param name="uri">The address, unescaped as the service gave it.</param>
    /// <param name="mimeType">The file's MIME type, such as <c>application/pdf</c>.</param>
    public static GeminiPart FromUri(string uri, string mimeType)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(uri);
        ArgumentException.ThrowIfNullOrWhiteSpace(mimeType);
        return new GeminiUriPart(uri, mimeType);
    }

    /// <summary>Bytes inside the request, which grow by a third on the wire.</summary>
    /// <param name="data">The bytes; not copied.</param>
    /// <param name="mimeType">Their MIME type, such as <c>image/png</c>.</param>
    public static GeminiPart Inline(ReadOnlyMemory<byte> data, string mimeType)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(mimeType);
        return new GeminiInlinePart(data, mimeType);
    }

    /// <summary>Writes the part as one JSON object.</summary>
    /// <param name="writer">The writer, at a place where a value may stand.</param>
    public abstract void WriteTo(Utf8JsonWriter writer);
}
