using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace GeminiBatch.Emulator;

/// <summary>The checksums of a stream of bytes, kept while it passes.</summary>
internal sealed class RunningDigest : IDisposable
{
    private readonly IncrementalHash sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
#pragma warning disable CA5351 // Cloud Storage names an object's bytes by MD5 (protocol: 4); nothing is secured by it.
    private readonly IncrementalHash md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351
    private uint crc = uint.MaxValue;

    public long Length { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        sha256.AppendData(bytes);
        md5.AppendData(bytes);
        Length += bytes.Length;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        }

        foreach (var value in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, value);
        }
    }

    public ContentDigest Finish()
    {
        Span<byte> checksum = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(checksum, ~crc);
        return new ContentDigest(Length, Convert.ToHexStringLower(sha256.GetCurrentHash()), Convert.ToBase64String(md5.GetCurrentHash()), Convert.ToBase64String(checksum));
    }

    public void Dispose()
    {
        sha256.Dispose();
        md5.Dispose();
    }
}
