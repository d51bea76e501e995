using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Keeps JSON given by a caller compact, because a line of a batch file must not contain a line break.</summary>
internal static class RawJson
{
    internal static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Compact(string json, string parameter)
    {
        ArgumentNullException.ThrowIfNull(json, parameter);
        return Encoding.UTF8.GetString(Compact(Encoding.UTF8.GetBytes(json), parameter).Span);
    }

    internal static ReadOnlyMemory<byte> Compact(ReadOnlyMemory<byte> json, string parameter)
    {
        if (json.IsEmpty)
        {
            return json;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new ArgumentException($"{parameter} must be a JSON object, not {document.RootElement.ValueKind}.", parameter);
            }

            return Write(document.RootElement.WriteTo);
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"{parameter} is no valid JSON: {exception.Message}", parameter, exception);
        }
    }

    internal static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    internal static void Write(Utf8JsonWriter writer, string json, string parameter) =>
        writer.WriteRawValue(Compact(json, parameter), skipInputValidation: true);
}
