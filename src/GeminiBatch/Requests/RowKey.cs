using System.Buffers.Binary;

namespace GeminiBatch;

/// <summary>The identity of a row: the first 128 bits of a SHA-256, written as 26 lower-case base32 characters.</summary>
/// <remarks>The alphabet (a to z, 2 to 7) is valid in labels, object names and file names of both backends.</remarks>
internal readonly record struct RowKey(UInt128 Value)
{
    public const int TextLength = 26;
    public const int ByteLength = 16;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public static RowKey FromHash(ReadOnlySpan<byte> hash) => new(BinaryPrimitives.ReadUInt128BigEndian(hash));

    public static bool TryParse(ReadOnlySpan<char> text, out RowKey key)
    {
        key = default;
        if (text.Length != TextLength)
        {
            return false;
        }

        // 26 characters hold 130 bits: the two lowest bits of the last character are padding and must be zero.
        UInt128 value = 0;
        for (var i = 0; i < TextLength; i++)
        {
            var digit = Alphabet.IndexOf(text[i], StringComparison.Ordinal);
            if (digit < 0 || (i == TextLength - 1 && (digit & 3) != 0))
            {
                return false;
            }

            value = i == TextLength - 1 ? (value << 3) | (uint)(digit >> 2) : (value << 5) | (uint)digit;
        }

        key = new(value);
        return true;
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[ByteLength];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }

    public override string ToString() => string.Create(TextLength, Value, static (characters, value) =>
    {
        characters[TextLength - 1] = Alphabet[(int)(uint)(value & 7) << 2];
        value >>= 3;
        for (var i = TextLength - 2; i >= 0; i--)
        {
            characters[i] = Alphabet[(int)(uint)(value & 31)];
            value >>= 5;
        }
    });
}
