using System.Text.Unicode;

namespace GeminiBatch;

/// <summary>Text in UTF-8.</summary>
internal static class Utf8Text
{
    /// <summary>The beginning of a text, not cut inside a character.</summary>
    public static ReadOnlySpan<byte> Beginning(ReadOnlySpan<byte> text, int length)
    {
        int end = Math.Min(length, text.Length);
        while (end > 0 && end < text.Length && (text[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return text[..end];
    }

    public static byte[] Encode(string text)
    {
        var utf8 = new byte[System.Text.Encoding.UTF8.GetMaxByteCount(text.Length)];
        return utf8[..Encode(text, utf8)];
    }

    /// <summary>Encodes text. A surrogate without its twin, which UTF-8 cannot say, becomes a byte that is no UTF-8, so that it is found and told like one.</summary>
    /// <returns>The bytes written; the target has room for three per character.</returns>
    public static int Encode(ReadOnlySpan<char> text, Span<byte> target)
    {
        int length = 0;
        while (true)
        {
            var status = Utf8.FromUtf16(text, target[length..], out int read, out int written, replaceInvalidSequences: false);
            length += written;
            if (status != System.Buffers.OperationStatus.InvalidData)
            {
                return length;
            }

            target[length++] = 0xFF;
            text = text[(read + 1)..];
        }
    }
}
