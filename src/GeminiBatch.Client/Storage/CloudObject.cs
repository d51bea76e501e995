namespace GeminiBatch;

/// <summary>An object of Cloud Storage, as the service described it at one moment (protocol: 4).</summary>
public sealed record CloudObject
{
    /// <summary>Bucket and name.</summary>
    public required CloudObjectName Name { get; init; }

    /// <summary>Which version of the object this is: a new one for each time it is written.</summary>
    public required long Generation { get; init; }

    /// <summary>Size in bytes.</summary>
    public long Size { get; init; }

    /// <summary>MIME type, or null.</summary>
    public string? ContentType { get; init; }

    /// <summary>CRC-32C of the content, when told.</summary>
    public uint? Crc32C { get; init; }

    /// <summary>SHA-256 of the content in lower-case hexadecimal text, for objects that this library stored; null otherwise.</summary>
    public string? Sha256Hex { get; init; }

    /// <summary>When this version was written.</summary>
    public DateTimeOffset? CreateTime { get; init; }
}
