using System.Text;
using System.Text.Json;

namespace GeminiBatch;

public sealed partial class SchemaDescriptor
{
    /// <summary>Reads a descriptor that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The descriptor as UTF-8 JSON.</param>
    /// <returns>The descriptor.</returns>
    /// <exception cref="FormatException">The text is no descriptor of this version.</exception>
    public static SchemaDescriptor FromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            using var document = JsonDocument.ParseValue(ref reader);
            return DescriptorReader.Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new FormatException($"This is no schema descriptor of version {DescriptorText.Version}: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a descriptor that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The descriptor as JSON.</param>
    /// <returns>The descriptor.</returns>
    /// <exception cref="FormatException">The text is no descriptor of this version.</exception>
    public static SchemaDescriptor FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return FromJson(Encoding.UTF8.GetBytes(json));
    }
}
