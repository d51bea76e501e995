using System.Buffers;
using System.ComponentModel;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GeminiBatch.Runtime;

/// <summary>Writes metadata as flat entries, in the wire forms of answers. For generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MetadataWriter
{
    private static readonly JsonWriterOptions s_writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a scalar, unless it is null.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="destination">Where to.</param>
    /// <param name="name">The entry's name.</param>
    /// <param name="value">The value.</param>
    /// <param name="write">Writes it as JSON.</param>
    public static void Put<T>(IDictionary<string, MetadataValue> destination, string name, T? value, Action<Utf8JsonWriter, T> write)
        where T : class
    {
        if (value is not null)
        {
            PutScalar(destination, name, value, write);
        }
    }

    /// <inheritdoc cref="Put"/>
    public static void PutValue<T>(IDictionary<string, MetadataValue> destination, string name, T? value, Action<Utf8JsonWriter, T> write)
        where T : struct
    {
        if (value is { } known)
        {
            PutScalar(destination, name, known, write);
        }
    }

    /// <summary>Writes a value as JSON text, unless it is null.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="destination">Where to.</param>
    /// <param name="name">The entry's name.</param>
    /// <param name="value">The value.</param>
    /// <param name="write">Writes it as JSON.</param>
    public static void PutJson<T>(IDictionary<string, MetadataValue> destination, string name, T? value, Action<Utf8JsonWriter, T> write)
        where T : class
    {
        if (value is not null)
        {
            destination[name] = MetadataValue.FromString(Encoding.UTF8.GetString(ToJson(value, write).Span));
        }
    }

    /// <inheritdoc cref="PutJson"/>
    public static void PutJsonValue<T>(IDictionary<string, MetadataValue> destination, string name, T? value, Action<Utf8JsonWriter, T> write)
        where T : struct
    {
        if (value is { } known)
        {
            destination[name] = MetadataValue.FromString(Encoding.UTF8.GetString(ToJson(known, write).Span));
        }
    }

    private static void PutScalar<T>(IDictionary<string, MetadataValue> destination, string name, T value, Action<Utf8JsonWriter, T> write)
    {
        using var document = JsonDocument.Parse(ToJson(value, write));
        destination[name] = MetadataValue.FromJson(document.RootElement);
    }

    private static ReadOnlyMemory<byte> ToJson<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, s_writing);
        write(writer, value);
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
