using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace GeminiBatch;

/// <summary>The checksum that Cloud Storage keeps of every object (Castagnoli), as a running value.</summary>
internal struct Crc32C
{
    private uint _value;

    internal readonly uint Value => _value;

    /// <summary>As the service writes it: base64 of four bytes, the highest first.</summary>
    internal static string ToBase64(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return Convert.ToBase64String(bytes);
    }

    internal static uint? FromBase64(string? text)
    {
        Span<byte> bytes = stackalloc byte[6];
        return text is not null && Convert.TryFromBase64String(text, bytes, out int length) && length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : null;
    }

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~_value;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
        {
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        }

        foreach (byte rest in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        _value = ~crc;
    }
}
