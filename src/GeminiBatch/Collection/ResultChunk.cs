using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace GeminiBatch;

/// <summary>Raw result rows in arrival order as one compressed blob: Brotli over length-prefixed rows. The form is stored, hence pinned.</summary>
internal static class ResultChunk
{
    public const int Rows = 512;

    /// <summary>The most bytes of a chunk before compression, unless one row alone has more.</summary>
    public const int Bytes = 8 * 1024 * 1024;

    private const int PrefixLength = sizeof(int);
    private const int Quality = 4;
    private const int Window = 22;

    public static byte[] Encode(IReadOnlyList<ReadOnlyMemory<byte>> rows)
    {
        var length = rows.Sum(static row => PrefixLength + row.Length);
        var plain = ArrayPool<byte>.Shared.Rent(length);
        var body = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(length));
        try
        {
            var at = 0;
            foreach (var row in rows)
            {
                BinaryPrimitives.WriteInt32LittleEndian(plain.AsSpan(at), row.Length);
                row.Span.CopyTo(plain.AsSpan(at + PrefixLength));
                at += PrefixLength + row.Length;
            }

            return BrotliEncoder.TryCompress(plain.AsSpan(0, length), body, out var written, Quality, Window)
                ? body[..written]
                : throw new InvalidOperationException("A chunk of result rows could not be compressed.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    public static IReadOnlyList<ReadOnlyMemory<byte>> Decode(byte[] body, int count)
    {
        using var plain = new MemoryStream();
        using (var brotli = new BrotliStream(new MemoryStream(body, writable: false), CompressionMode.Decompress))
        {
            brotli.CopyTo(plain);
        }

        var bytes = plain.GetBuffer().AsMemory(0, (int)plain.Length);
        var rows = new List<ReadOnlyMemory<byte>>(count);
        while (rows.Count < count)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span);
            rows.Add(bytes.Slice(PrefixLength, length));
            bytes = bytes[(PrefixLength + length)..];
        }

        return rows;
    }
}
