using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace GeminiBatch.Emulator;

/// <summary>All chance in the emulator: SHA-256 over the seed and stable content, never time or arrival, so that the same requests give the same bytes.</summary>
internal static class StableHash
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    public static ulong Of(ReadOnlySpan<byte> utf8)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    public static ulong Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static ulong Of(int seed, string purpose, string content) => Of($"{seed}\n{purpose}\n{content}");

    /// <summary>An identifier of lower-case letters and digits.</summary>
    public static string Identifier(string content, int length)
    {
        var source = new SeededRandom(Of(content));
        return string.Create(length, source, static (text, random) =>
        {
            foreach (ref var letter in text)
            {
                letter = Alphabet[random.Next(Alphabet.Length)];
            }
        });
    }
}
