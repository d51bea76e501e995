using System.Security.Cryptography;
using System.Text;

namespace GeminiBatch;

/// <summary>The identity of what the model sees of a schema.</summary>
internal static class SchemaFingerprint
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int Length = 26;

    public static string Of(SchemaDescriptor descriptor)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(descriptor.CanonicalForm));
        return string.Create(Length, hash, static (characters, bytes) =>
        {
            for (var i = 0; i < characters.Length; i++)
            {
                var bit = i * 5;
                var pair = (bytes[bit >> 3] << 8) | bytes[(bit >> 3) + 1];
                characters[i] = Alphabet[(pair >> (11 - (bit & 7))) & 31];
            }
        });
    }
}
