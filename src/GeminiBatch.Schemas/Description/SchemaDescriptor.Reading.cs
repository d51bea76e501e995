namespace GeminiBatch;

public sealed partial class SchemaDescriptor
{
    /// <summary>Reads a descriptor that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The descriptor as UTF-8 JSON.</param>
    /// <returns>The descriptor.</returns>
    /// <exception cref="FormatException">The text is no descriptor of this version.</exception>
    public static SchemaDescriptor FromJson(ReadOnlySpan<byte> json) => throw new NotImplementedException();

    /// <summary>Reads a descriptor that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The descriptor as JSON.</param>
    /// <returns>The descriptor.</returns>
    /// <exception cref="FormatException">The text is no descriptor of this version.</exception>
    public static SchemaDescriptor FromJson(string json) => FromJson(System.Text.Encoding.UTF8.GetBytes(json));
}
