using System.Security.Cryptography;

namespace GeminiBatch;

/// <summary>The SHA-256 of a document's media, the name under which the content store and the backend keep it.</summary>
internal readonly record struct ContentHash
{
    private readonly byte[] _bytes;

    public ContentHash(byte[] bytes)
    {
        if (bytes.Length != SHA256.HashSizeInBytes)
        {
            throw new FormatException("A content hash has 32 bytes.");
        }

        _bytes = bytes;
    }

    public ReadOnlyMemory<byte> Bytes => _bytes;

    public static ContentHash Parse(string hex) => new(Convert.FromHexString(hex));

    public bool Equals(ContentHash other) => _bytes.AsSpan().SequenceEqual(other._bytes);

    public override int GetHashCode() => BitConverter.ToInt32(_bytes, 0);

    public override string ToString() => Convert.ToHexStringLower(_bytes);
}
