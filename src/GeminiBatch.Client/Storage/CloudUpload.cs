namespace GeminiBatch;

/// <summary>What to upload an object as.</summary>
public sealed record CloudUpload
{
    /// <summary>Bucket and name.</summary>
    public required CloudObjectName Name { get; init; }

    /// <summary>MIME type.</summary>
    public required string ContentType { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The version that the object must have now, 0 for "it must not exist"; null writes in any case (protocol: 4, ifGenerationMatch).</summary>
    public long? IfGeneration { get; init; }

    /// <summary>SHA-256 of the content (32 bytes), kept with the object; empty when it is not known.</summary>
    public ReadOnlyMemory<byte> Sha256 { get; init; }
}
