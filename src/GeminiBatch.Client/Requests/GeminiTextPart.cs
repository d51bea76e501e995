using System.Text.Json;

namespace GeminiBatch;

/// <summary>A part that is text. Made by <see cref="GeminiPart.Text"/>.</summary>
public sealed record GeminiTextPart : GeminiPart
{
    internal GeminiTextPart(string value) => Value = value;

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <inheritdoc />
    public override void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("text"u8, Value);
        writer.WriteEndObject();
    }
}
