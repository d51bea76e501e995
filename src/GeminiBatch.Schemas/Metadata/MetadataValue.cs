using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>
/// One flat metadata value: text, a number or a boolean. Numbers are normalised, so that a value is equal to what its JSON form reads
/// back as: 3.0 is the integer 3, and 1.50 is 1.5.
/// </summary>
public readonly struct MetadataValue : IEquatable<MetadataValue>
{
    private readonly string? _text;
    private readonly long _integer;

    private MetadataValue(MetadataValueKind kind, string? text, long integer)
    {
        Kind = kind;
        _text = text;
        _integer = integer;
    }

    /// <summary>What the value holds.</summary>
    public MetadataValueKind Kind { get; }

    /// <summary>The text, or null when the value is not text.</summary>
    public string? AsText => Kind == MetadataValueKind.Text ? _text : null;

    /// <summary>The whole number, or null when the value is not one.</summary>
    public long? AsInteger => Kind == MetadataValueKind.Integer ? _integer : null;

    /// <summary>The number in floating point, or null when the value is not a number.</summary>
    public double? AsNumber => Kind switch
    {
        MetadataValueKind.Integer => _integer,
        MetadataValueKind.Number => double.Parse(_text!, NumberStyles.Float, CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>The number as a decimal, or null when the value is not a number or out of a decimal's range.</summary>
    public decimal? AsDecimal => Kind switch
    {
        MetadataValueKind.Integer => _integer,
        MetadataValueKind.Number when decimal.TryParse(_text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) => value,
        _ => null,
    };

    /// <summary>The boolean, or null when the value is not one.</summary>
    public bool? AsBoolean => Kind == MetadataValueKind.Boolean ? _integer != 0 : null;

    /// <summary>Holds text.</summary>
    /// <param name="value">The text.</param>
    public static implicit operator MetadataValue(string value) => FromString(value);

    /// <summary>Holds a whole number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator MetadataValue(long value) => FromInt64(value);

    /// <summary>Holds a number.</summary>
    /// <param name="value">The number; finite.</param>
    public static implicit operator MetadataValue(double value) => FromDouble(value);

    /// <summary>Holds a number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator MetadataValue(decimal value) => FromDecimal(value);

    /// <summary>Holds a boolean.</summary>
    /// <param name="value">The boolean.</param>
    public static implicit operator MetadataValue(bool value) => FromBoolean(value);

    /// <summary>Compares two values.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(MetadataValue left, MetadataValue right) => left.Equals(right);

    /// <summary>Compares two values.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(MetadataValue left, MetadataValue right) => !left.Equals(right);

    /// <summary>Holds text.</summary>
    /// <param name="value">The text.</param>
    /// <returns>The value.</returns>
    public static MetadataValue FromString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(MetadataValueKind.Text, value, 0);
    }

    /// <summary>Holds a whole number.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The value.</returns>
    public static MetadataValue FromInt64(long value) => new(MetadataValueKind.Integer, null, value);

    /// <summary>Holds a number.</summary>
    /// <param name="value">The number; finite.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is infinite or not a number.</exception>
    public static MetadataValue FromDouble(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "Metadata holds finite numbers only, because JSON has no other.");
        }

        return Math.Abs(value) < long.MaxValue && Math.Truncate(value) == value
            ? FromInt64((long)value)
            : new(MetadataValueKind.Number, value.ToString("R", CultureInfo.InvariantCulture), 0);
    }

    /// <summary>Holds a number.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The value.</returns>
    public static MetadataValue FromDecimal(decimal value)
    {
        if (decimal.Truncate(value) == value)
        {
            return value is >= long.MinValue and <= long.MaxValue
                ? FromInt64((long)value)
                : new(MetadataValueKind.Number, decimal.Truncate(value).ToString(CultureInfo.InvariantCulture), 0);
        }

        // Division by one with a full scale drops trailing zeros.
        var shortest = value / 1.0000000000000000000000000000m;
        return new(MetadataValueKind.Number, shortest.ToString(CultureInfo.InvariantCulture), 0);
    }

    /// <summary>Holds a boolean.</summary>
    /// <param name="value">The boolean.</param>
    /// <returns>The value.</returns>
    public static MetadataValue FromBoolean(bool value) => new(MetadataValueKind.Boolean, null, value ? 1 : 0);

    /// <summary>Reads a JSON scalar.</summary>
    /// <param name="element">A string, number, boolean or null.</param>
    /// <returns>The value; for null one of kind <see cref="MetadataValueKind.None"/>.</returns>
    /// <exception cref="FormatException">The element is an object or array, or a number that no double holds.</exception>
    public static MetadataValue FromJson(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => FromString(element.GetString()!),
        JsonValueKind.True => FromBoolean(true),
        JsonValueKind.False => FromBoolean(false),
        JsonValueKind.Null => default,
        JsonValueKind.Number when element.TryGetInt64(out var integer) => FromInt64(integer),
        // Wider integers keep their digits, which a double would lose.
        JsonValueKind.Number when element.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0 => new(MetadataValueKind.Number, element.GetRawText(), 0),
        JsonValueKind.Number when element.TryGetDouble(out var binary) && double.IsFinite(binary) =>
            element.TryGetDecimal(out var exact) && (double)exact == binary ? FromDecimal(exact) : FromDouble(binary),
        _ => throw new FormatException($"Metadata is flat: a {element.ValueKind} cannot be held. Use a string, a number or a boolean."),
    };

    /// <summary>The canonical JSON form: equal values have equal text.</summary>
    /// <returns>A JSON scalar; <c>null</c> for kind <see cref="MetadataValueKind.None"/>.</returns>
    public string ToJson() => Kind switch
    {
        MetadataValueKind.Text => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(_text!)}\"",
        MetadataValueKind.Integer => _integer.ToString(CultureInfo.InvariantCulture),
        MetadataValueKind.Number => _text!,
        MetadataValueKind.Boolean => _integer != 0 ? "true" : "false",
        _ => "null",
    };

    /// <inheritdoc/>
    public bool Equals(MetadataValue other) =>
        Kind == other.Kind && _integer == other._integer && string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MetadataValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, _integer, _text);

    /// <summary>The value as plain text.</summary>
    /// <returns>Text as it is, numbers and booleans as in JSON, nothing as an empty string.</returns>
    public override string ToString() => Kind switch
    {
        MetadataValueKind.None => "",
        MetadataValueKind.Text => _text!,
        _ => ToJson(),
    };
}
