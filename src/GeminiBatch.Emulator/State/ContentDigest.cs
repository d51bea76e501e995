namespace GeminiBatch.Emulator;

/// <summary>What identifies bytes: SHA-256 in hex, and MD5 and big-endian CRC32C in base64 as Cloud Storage writes them (protocol: 4).</summary>
internal sealed record ContentDigest(long Size, string Sha256, string Md5, string Crc32C)
{
    public static ContentDigest Of(ReadOnlySpan<byte> content)
    {
        using var digest = new RunningDigest();
        digest.Append(content);
        return digest.Finish();
    }
}
