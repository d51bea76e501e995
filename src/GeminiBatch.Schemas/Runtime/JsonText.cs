using System.Globalization;
using System.Text;

namespace GeminiBatch.Runtime;

/// <summary>The parts of JSON's grammar that need more than one look.</summary>
internal static class JsonText
{
    /// <summary>The length of the number a text starts with, by JSON's grammar; 0 when there is none.</summary>
    public static int NumberLength(ReadOnlySpan<byte> text, out bool isInteger)
    {
        isInteger = false;
        var position = text.Length > 0 && text[0] == '-' ? 1 : 0;
        var whole = CountDigits(text, position);
        if (whole == 0 || (whole > 1 && text[position] == '0'))
        {
            return 0;
        }

        position += whole;
        isInteger = true;
        if (position < text.Length && text[position] == '.')
        {
            var fraction = CountDigits(text, position + 1);
            if (fraction == 0)
            {
                return 0;
            }

            position += fraction + 1;
            isInteger = false;
        }

        if (position < text.Length && (text[position] | 0x20) == 'e')
        {
            var sign = position + 1 < text.Length && text[position + 1] is (byte)'+' or (byte)'-' ? 1 : 0;
            var exponent = CountDigits(text, position + 1 + sign);
            if (exponent == 0)
            {
                return 0;
            }

            position += exponent + sign + 1;
            isInteger = false;
        }

        return position;
    }

    /// <summary>Resolves the escapes of a string whose opening quote has been taken.</summary>
    /// <returns>The text, or null when the string is not strict JSON.</returns>
    public static byte[]? Unescape(ReadOnlySpan<byte> text, out int consumed)
    {
        consumed = 0;
        var end = IndexOfClosingQuote(text);
        if (end < 0)
        {
            return null;
        }

        consumed = end + 1;
        var target = new byte[end];
        var written = 0;
        for (var i = 0; i < end; i++)
        {
            var current = text[i];
            if (current < 0x20)
            {
                return null;
            }

            if (current != '\\')
            {
                target[written++] = current;
                continue;
            }

            i++;
            if (text[i] == 'u')
            {
                if (!TryReadRune(text[..end], ref i, out var rune))
                {
                    return null;
                }

                written += rune.EncodeToUtf8(target.AsSpan(written));
                continue;
            }

            var plain = "\"\\/\b\f\n\r\t"u8;
            var index = "\"\\/bfnrt"u8.IndexOf(text[i]);
            if (index < 0)
            {
                return null;
            }

            target[written++] = plain[index];
        }

        return target[..written];
    }

    private static int IndexOfClosingQuote(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                return i;
            }

            if (text[i] == '\\')
            {
                i++;
            }
        }

        return -1;
    }

    private static bool TryReadRune(ReadOnlySpan<byte> text, ref int position, out Rune rune)
    {
        rune = default;
        if (!TryReadUnit(text, position, out var first))
        {
            return false;
        }

        position += 4;
        if (!char.IsSurrogate(first))
        {
            rune = new Rune(first);
            return true;
        }

        if (position + 2 >= text.Length || text[position + 1] != '\\' || text[position + 2] != 'u'
            || !TryReadUnit(text, position + 2, out var second) || !Rune.TryCreate(first, second, out rune))
        {
            return false;
        }

        position += 6;
        return true;
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> text, int letterU, out char unit)
    {
        unit = default;
        if (letterU + 5 > text.Length
            || !ushort.TryParse(text.Slice(letterU + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        unit = (char)value;
        return true;
    }

    private static int CountDigits(ReadOnlySpan<byte> text, int start)
    {
        var position = start;
        while (position < text.Length && (uint)(text[position] - '0') <= 9)
        {
            position++;
        }

        return position - start;
    }
}
