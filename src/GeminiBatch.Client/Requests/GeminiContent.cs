using System.Text.Json;

namespace GeminiBatch;

/// <summary>One turn: its parts in order, and who speaks.</summary>
/// <param name="Parts">The parts, in the order in which the model reads them.</param>
/// <param name="Role"><c>user</c> or <c>model</c>; null leaves it out, which the wire reads as <c>user</c> (protocol: 2.1).</param>
public sealed record GeminiContent(IReadOnlyList<GeminiPart> Parts, string? Role = "user")
{
    /// <summary>A user's turn of one text.</summary>
    /// <param name="text">The text.</param>
    public static GeminiContent FromText(string text) => new([GeminiPart.Text(text)]);

    internal void WriteTo(Utf8JsonWriter writer, string? role)
    {
        writer.WriteStartObject();
        if (role is not null)
        {
            writer.WriteString("role"u8, role);
        }

        writer.WriteStartArray("parts"u8);
        foreach (GeminiPart part in Parts)
        {
            part.WriteTo(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
