using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBatch.Runtime;

public ref partial struct AnswerReader
{
    /// <summary>Reads a date.</summary>
    /// <returns>The value.</returns>
    public DateOnly ReadDate() => WireFormat.TryReadDate(ReadText(), out var value) ? value : FailAs<DateOnly>();

    /// <summary>Reads a time of day.</summary>
    /// <returns>The value.</returns>
    public TimeOnly ReadTime() => WireFormat.TryReadTime(ReadText(), out var value) ? value : FailAs<TimeOnly>();

    /// <summary>Reads a date and time; one with an offset is given in UTC.</summary>
    /// <returns>The value.</returns>
    public DateTime ReadDateTime() => WireFormat.TryReadDateTime(ReadText(), out var value) ? value : FailAs<DateTime>();

    /// <summary>Reads a date and time with its offset.</summary>
    /// <returns>The value.</returns>
    public DateTimeOffset ReadDateTimeOffset() =>
        WireFormat.TryReadDateTimeOffset(ReadText(), out var value) ? value : FailAs<DateTimeOffset>();

    /// <summary>Reads a length of time.</summary>
    /// <returns>The value.</returns>
    public TimeSpan ReadDuration() => WireFormat.TryReadDuration(ReadText(), out var value) ? value : FailAs<TimeSpan>();

    /// <summary>Reads a GUID.</summary>
    /// <returns>The value.</returns>
    public Guid ReadGuid()
    {
        var text = ReadText();
        return text.Length == 36 && Utf8Parser.TryParse(text, out Guid value, out var used, 'D') && used == 36 ? value : FailAs<Guid>();
    }

    /// <summary>Reads a URI.</summary>
    /// <returns>The value.</returns>
    public Uri ReadUri() => WireFormat.TryReadUri(ReadText(), out var value) ? value : FailAs<Uri>();

    /// <summary>Reads any JSON value.</summary>
    /// <returns>The value, independent of the answer's memory.</returns>
    public JsonElement ReadAny()
    {
        SkipWhiteSpace();
        if (Failed)
        {
            return default;
        }

        var json = new Utf8JsonReader(_json[_position..], new JsonReaderOptions { MaxDepth = Math.Max(1, _maxDepth - _depth) });
        try
        {
            var value = JsonElement.ParseValue(ref json);
            var raw = _json.Slice(_position, (int)json.BytesConsumed);
            _position += raw.Length;

            // Half a surrogate pair is found only when the text is asked for, which is too late.
            Failed |= raw.IndexOf("\\ud"u8) >= 0 || raw.IndexOf("\\uD"u8) >= 0;
            return value;
        }
        catch (JsonException)
        {
            return FailAs<JsonElement>();
        }
    }

    /// <summary>Reads any JSON value but null.</summary>
    /// <returns>The value.</returns>
    public JsonNode ReadNode() => ReadAny() switch
    {
        { ValueKind: JsonValueKind.Object } value => JsonObject.Create(value)!,
        { ValueKind: JsonValueKind.Array } value => JsonArray.Create(value)!,
        { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } value => JsonValue.Create(value)!,
        _ => FailAs<JsonNode>(),
    };

    /// <summary>Reads an enum value by its name.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    /// <param name="names">Its names.</param>
    /// <returns>The value.</returns>
    public T ReadEnum<T>(EnumNames<T> names)
        where T : struct, Enum => names.TryRead(ReadText(), out var value) ? value : FailAs<T>();

    private T FailAs<T>()
    {
        Failed = true;
        return default!;
    }
}
