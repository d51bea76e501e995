using System.Globalization;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Reads members of tolerant wire JSON: absent, null and wrongly typed members are all "not there" (protocol: 1.1).</summary>
internal static class JsonRead
{
    internal static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    internal static JsonElement? Object(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    internal static JsonElement? Array(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Array } value ? value : null;

    internal static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } value ? WireText.Of(value) : null;

    /// <summary>A text, or a number as its text: keys and enum values arrive in both forms.</summary>
    internal static string? TextOrNumber(JsonElement element, string name) => Member(element, name) switch
    {
        { ValueKind: JsonValueKind.String } value => WireText.Of(value),
        { ValueKind: JsonValueKind.Number } value => value.GetRawText(),
        _ => null,
    };

    internal static bool? Boolean(JsonElement element, string name) => Member(element, name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>An int64, which arrives as a string or a number (protocol: 1.1).</summary>
    internal static long? Integer(JsonElement element, string name)
    {
        if (Member(element, name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number)
        {
            return value.TryGetInt64(out long number) ? number
                : value.TryGetDouble(out double wide) && double.IsInteger(wide) && Math.Abs(wide) < 9e18 ? (long)wide : null;
        }

        return value.ValueKind == JsonValueKind.String
            && long.TryParse(WireText.Of(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long parsed) ? parsed : null;
    }

    internal static int? Int32(JsonElement element, string name) =>
        Integer(element, name) is { } value and >= int.MinValue and <= int.MaxValue ? (int)value : null;

    internal static double? Double(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out double number) ? number : null;

    /// <summary>An RFC 3339 timestamp with any number of fractional digits; .NET keeps seven (protocol: 10, no. 42).</summary>
    internal static DateTimeOffset? Time(JsonElement element, string name)
    {
        if (Text(element, name) is not { } text)
        {
            return null;
        }

        int dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0)
        {
            int end = dot + 1;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            if (end - dot > 8)
            {
                text = string.Concat(text.AsSpan(0, dot + 8), text.AsSpan(end));
            }
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
    }
}
