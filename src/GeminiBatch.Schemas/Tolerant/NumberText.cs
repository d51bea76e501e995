using System.Globalization;
using System.Numerics;

namespace GeminiBatch;

/// <summary>Numbers as text.</summary>
internal static partial class NumberText
{
    /// <summary>Whether a token is a number in JSON's own grammar.</summary>
    public static bool IsJson(ReadOnlySpan<byte> token)
    {
        int at = token.Length > 0 && token[0] == (byte)'-' ? 1 : 0;
        int digits = Digits(token, at);
        if (digits == 0 || (digits > 1 && token[at] == (byte)'0'))
        {
            return false;
        }

        at += digits;
        if (at < token.Length && token[at] == (byte)'.')
        {
            digits = Digits(token, at + 1);
            if (digits == 0)
            {
                return false;
            }

            at += digits + 1;
        }

        if (at < token.Length && token[at] is (byte)'e' or (byte)'E')
        {
            at++;
            at += at < token.Length && token[at] is (byte)'+' or (byte)'-' ? 1 : 0;
            digits = Digits(token, at);
            if (digits == 0)
            {
                return false;
            }

            at += digits;
        }

        return at == token.Length;
    }

    /// <summary>Completes a number that begins or ends too early: <c>.5</c>, <c>2.</c>, <c>2e</c>, <c>-</c>, <c>+1</c>.</summary>
    /// <returns>The length written; 0 when the word is no such number.</returns>
    public static int Pad(ReadOnlySpan<byte> word, Span<byte> target)
    {
        if (word.Length == 0 || word.Length + 4 > target.Length)
        {
            return 0;
        }

        int length = 0;
        if (word[0] is (byte)'-' or (byte)'+')
        {
            if (word[0] == (byte)'-')
            {
                target[length++] = (byte)'-';
            }

            word = word[1..];
        }

        if (word.Length == 0 || word[0] == (byte)'.')
        {
            target[length++] = (byte)'0';
        }

        word.CopyTo(target[length..]);
        length += word.Length;
        if (word.Length > 0 && word[^1] is (byte)'.' or (byte)'e' or (byte)'E' or (byte)'-' or (byte)'+')
        {
            target[length++] = (byte)'0';
        }

        return IsJson(target[..length]) ? length : 0;
    }

    /// <summary>Reads a number in JSON's grammar whose value is whole, such as <c>1.0</c> or <c>1e3</c>.</summary>
    public static bool TryInteger(string text, int mostDigits, out BigInteger value)
    {
        value = default;
        int e = text.AsSpan().IndexOfAny('e', 'E');
        int exponent = 0;
        if (text.Length > mostDigits || (e >= 0 && !int.TryParse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)))
        {
            return false;
        }

        string mantissa = e < 0 ? text : text[..e];
        int point = mantissa.IndexOf('.', StringComparison.Ordinal);
        string fraction = point < 0 ? "" : mantissa[(point + 1)..];
        string digits = (point < 0 ? mantissa : mantissa[..point]) + fraction;
        int scale = exponent - fraction.Length;
        while (scale < 0 && digits.Length > 1 && digits[^1] == '0')
        {
            digits = digits[..^1];
            scale++;
        }

        if (digits.TrimStart('-', '0').Length == 0)
        {
            return true;
        }

        return scale >= 0 && scale <= mostDigits &&
            BigInteger.TryParse(digits + new string('0', scale), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Whether a token is a whole number as it is written by machines: digits, perhaps a minus, no zero in front.</summary>
    public static bool IsPlainInteger(ReadOnlySpan<byte> token)
    {
        ReadOnlySpan<byte> digits = token.Length > 0 && token[0] == (byte)'-' ? token[1..] : token;
        return digits.Length > 0 && digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && (digits[0] != (byte)'0' || token.Length == 1);
    }

    /// <summary>Reads a whole number of at most fifteen digits as machines write it.</summary>
    public static bool TrySmall(ReadOnlySpan<byte> token, out long value)
    {
        value = 0;
        bool negative = token.Length > 0 && token[0] == (byte)'-';
        ReadOnlySpan<byte> digits = negative ? token[1..] : token;
        if (digits.Length is 0 or > 15 || (digits[0] == (byte)'0' && token.Length > 1))
        {
            return false;
        }

        foreach (byte digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        value = negative ? -value : value;
        return true;
    }

    /// <summary>Whether a number in JSON's grammar has so few digits and no exponent that every kind of real number holds it.</summary>
    public static bool IsShort(ReadOnlySpan<byte> token) => token.Length <= 15 && token.IndexOfAny((byte)'e', (byte)'E') < 0;

    /// <summary>Whether a number in JSON's grammar is zero, however it is written.</summary>
    public static bool IsZero(ReadOnlySpan<byte> token)
    {
        foreach (byte b in token)
        {
            if (b is >= (byte)'1' and <= (byte)'9')
            {
                return false;
            }

            if ((b | 0x20) == 'e')
            {
                return true;
            }
        }

        return true;
    }

    /// <summary>Canonical JSON in which numbers have no zeros at the end of their fraction, so that equal values are equal texts.</summary>
    public static string Normalised(ReadOnlySpan<byte> json)
    {
        string text = System.Text.Encoding.UTF8.GetString(json);
        if (!text.Contains('.', StringComparison.Ordinal))
        {
            return text;
        }

        var normal = new System.Text.StringBuilder(text.Length);
        bool inside = false;
        bool fraction = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (inside && c == '\\')
            {
                normal.Append(c).Append(text[++i]);
                continue;
            }

            inside ^= c == '"';
            fraction = !inside && (c == '.' || (fraction && char.IsAsciiDigit(c)));
            normal.Append(c);
            bool ends = i + 1 == text.Length || !char.IsAsciiDigit(text[i + 1]);
            while (fraction && ends && normal[^1] is '0' or '.')
            {
                fraction = normal[^1] != '.';
                normal.Length--;
            }
        }

        return normal.ToString();
    }

    private static int Digits(ReadOnlySpan<byte> token, int start)
    {
        int at = start;
        while (at < token.Length && char.IsAsciiDigit((char)token[at]))
        {
            at++;
        }

        return at - start;
    }
}
