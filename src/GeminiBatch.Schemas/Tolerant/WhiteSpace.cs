namespace GeminiBatch;

/// <summary>White space of Unicode in UTF-8, and the invisible characters that editors and models leave between tokens.</summary>
internal static class WhiteSpace
{
    /// <summary>The length of the white space character beyond ASCII at a position; 0 when there is none.</summary>
    public static int LengthAt(ReadOnlySpan<byte> text, int at)
    {
        ReadOnlySpan<byte> rest = text[at..];
        return rest switch
        {
            [0xC2, 0xA0 or 0x85, ..] => 2,
            [0xE1, 0x9A, 0x80, ..] or [0xE1, 0xA0, 0x8E, ..] => 3,
            [0xE2, 0x80, (>= 0x80 and <= 0x8F) or 0xA8 or 0xA9 or 0xAF, ..] => 3,
            [0xE2, 0x81, 0x9F or 0xA0, ..] => 3,
            [0xE3, 0x80, 0x80, ..] => 3,
            [0xEF, 0xBB, 0xBF, ..] => 3,
            _ => 0,
        };
    }

    public static bool IsAscii(byte value) => value is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'\v' or (byte)'\f';

    /// <summary>The first position from here on that is no white space of any kind.</summary>
    public static int Skip(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length)
        {
            int length = IsAscii(text[at]) ? 1 : LengthAt(text, at);
            if (length == 0)
            {
                break;
            }

            at += length;
        }

        return at;
    }

    /// <summary>Trims white space of any kind at the start and ASCII white space at the end.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        text = text[Skip(text, 0)..];
        while (text.Length > 0 && IsAscii(text[^1]))
        {
            text = text[..^1];
        }

        return text;
    }
}
