using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBatch.Runtime;

/// <summary>Writes values in their wire form. For generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AnswerWriter
{
    /// <summary>Writes a text.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The value.</param>
    public static void Write(Utf8JsonWriter writer, string? value) => writer.WriteStringValue(value);

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter writer, bool value) => writer.WriteBooleanValue(value);

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter writer, decimal value) => writer.WriteNumberValue(value);

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter writer, double value) => writer.WriteNumberValue(value);

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter writer, float value) => writer.WriteNumberValue(value);

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter writer, DateOnly value) =>
        writer.WriteStringValue(value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter writer, TimeOnly value) => writer.WriteStringValue(WireFormat.Write(value));

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter writer, DateTime value) => writer.WriteStringValue(WireFormat.Write(value));

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter writer, DateTimeOffset value) => writer.WriteStringValue(WireFormat.Write(value));

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter writer, TimeSpan value) => writer.WriteStringValue(IsoDuration.Write(value));

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter writer, Guid value) => writer.WriteStringValue(value);

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter writer, Uri? value) => writer.WriteStringValue(value?.OriginalString);

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            writer.WriteNullValue();
        }
        else
        {
            value.WriteTo(writer);
        }
    }

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter writer, JsonNode? value)
    {
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            value.WriteTo(writer);
        }
    }

    /// <summary>Writes a whole number of any width.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The value.</param>
    public static void WriteInteger<T>(Utf8JsonWriter writer, T value)
        where T : struct, IBinaryInteger<T>
    {
        if (value is long or int or short or sbyte or uint or ushort or byte)
        {
            writer.WriteNumberValue(long.CreateTruncating(value));
            return;
        }

        writer.WriteRawValue(value.ToString(null, CultureInfo.InvariantCulture), skipInputValidation: true);
    }

    /// <summary>Writes an enum value by its name.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The value.</param>
    /// <param name="names">The enum's names.</param>
    public static void WriteEnum<T>(Utf8JsonWriter writer, T value, EnumNames<T> names)
        where T : struct, Enum => writer.WriteStringValue(names.NameOf(value));

    /// <summary>Writes a case of a union.</summary>
    /// <typeparam name="T">The case's type.</typeparam>
    /// <param name="writer">Where to write.</param>
    /// <param name="discriminator">The member that names the case.</param>
    /// <param name="name">The case's name.</param>
    /// <param name="value">The value.</param>
    /// <param name="writeMembers">Writes its members.</param>
    public static void WriteCase<T>(
        Utf8JsonWriter writer, ReadOnlySpan<byte> discriminator, ReadOnlySpan<byte> name, T value, Action<Utf8JsonWriter, T> writeMembers)
    {
        writer.WriteStartObject();
        writer.WriteString(discriminator, name);
        writeMembers(writer, value);
        writer.WriteEndObject();
    }

    /// <summary>Writes null, which is all that no case of a union can be.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is of a type that the union does not list, so that no answer could hold it.</exception>
    public static void WriteUnknownCase(Utf8JsonWriter writer, object? value)
    {
        if (value is not null)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value.GetType().Name, "The union does not list this type, so it cannot be written. Add a [JsonDerivedType] for it.");
        }

        writer.WriteNullValue();
    }

    /// <summary>Writes a value or null.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The value.</param>
    /// <param name="write">Writes a value that is not null.</param>
    public static void WriteNullable<T>(Utf8JsonWriter writer, T? value, Action<Utf8JsonWriter, T> write)
        where T : struct
    {
        if (value is { } known)
        {
            write(writer, known);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    /// <summary>Writes a list; null is written as null.</summary>
    /// <typeparam name="T">The item type.</typeparam>
    /// <param name="writer">Where to write.</param>
    /// <param name="items">The items.</param>
    /// <param name="writeItem">Writes one item.</param>
    public static void WriteList<T>(Utf8JsonWriter writer, IEnumerable<T>? items, Action<Utf8JsonWriter, T> writeItem)
    {
        if (items is null || items is System.Collections.Immutable.ImmutableArray<T> { IsDefault: true })
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartArray();
        foreach (var item in items)
        {
            writeItem(writer, item);
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes a map as an object, keys in ordinal order; null is written as null.</summary>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="writer">Where to write.</param>
    /// <param name="entries">The entries.</param>
    /// <param name="nameOf">A key's text.</param>
    /// <param name="writeValue">Writes one value.</param>
    public static void WriteMap<TKey, TValue>(
        Utf8JsonWriter writer, IEnumerable<KeyValuePair<TKey, TValue>>? entries, Func<TKey, string> nameOf, Action<Utf8JsonWriter, TValue> writeValue)
    {
        if (entries is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        foreach (var (name, value) in entries.Select(entry => (Name: nameOf(entry.Key), entry.Value)).OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            writer.WritePropertyName(name);
            writeValue(writer, value);
        }

        writer.WriteEndObject();
    }
}
