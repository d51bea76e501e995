using System.ComponentModel;
using System.Text.Json;

namespace GeminiBatch.Runtime;

/// <summary>Reads, writes and compares values by the schema that their own type has, in whichever assembly. For generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OwnSchema
{
    /// <summary>Reads a value.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="reader">The reader, which fails on any surprise.</param>
    /// <returns>The value, meaningless after a failure.</returns>
    public static T Read<T>(scoped ref AnswerReader reader)
        where T : IExtractable<T> => T.Schema.Generated.Read(ref reader);

    /// <summary>Writes a value as canonical JSON.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The value, or null.</param>
    public static void Write<T>(Utf8JsonWriter writer, T? value)
        where T : IExtractable<T>
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            T.Schema.Generated.Write(writer, value);
        }
    }

    /// <summary>Whether two values are equal field by field.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="x">One value, or null.</param>
    /// <param name="y">The other.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool Same<T>(T? x, T? y)
        where T : IExtractable<T> => T.Schema.Generated.Equals(x, y);
}
