using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Parse options as the ledger keeps them, so that a resumed run reads answers as it was told to.</summary>
internal static class ParsingJson
{
    public static string? Write(ParseOptions? options)
    {
        if (options is null)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("mode"u8, options.Mode.ToString());
            writer.WriteNumber("coercions"u8, (int)options.Coercions);
            writer.WriteString("culture"u8, options.Culture?.Name);
            writer.WriteNumber("maxDepth"u8, options.MaxDepth);
            writer.WriteNumber("maxBytes"u8, options.MaxBytes);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static ParseOptions? Read(string? json)
    {
        if (json is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new()
        {
            Mode = Enum.Parse<RepairMode>(root.GetProperty("mode"u8).GetString()!),
            Coercions = root.TryGetProperty("coercions"u8, out var coercions) ? (AnswerCoercions)coercions.GetInt32() : AnswerCoercions.Default,
            Culture = root.GetProperty("culture"u8).GetString() is { } culture ? CultureInfo.GetCultureInfo(culture) : null,
            MaxDepth = root.GetProperty("maxDepth"u8).GetInt32(),
            MaxBytes = root.GetProperty("maxBytes"u8).GetInt32(),
        };
    }
}
