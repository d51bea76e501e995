namespace GeminiBatch;

/// <summary>A file to put where the service can read it.</summary>
public sealed record StagingFile
{
    /// <summary>Name chosen by the caller, the same for the same content: 1 to 40 lower-case letters, digits and inner dashes (protocol: 1.6).</summary>
    public required string Name { get; init; }

    /// <summary>MIME type; batch files are <c>application/jsonl</c>.</summary>
    public required string MimeType { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Opens the content from its start; called again when an upload has to begin again. The stream is disposed by the backend.</summary>
    public required Func<CancellationToken, ValueTask<Stream>> Open { get; init; }

    /// <summary>Name for people, at most 512 characters.</summary>
    public string? DisplayName { get; init; }

    /// <summary>SHA-256 of the content (32 bytes), when known; then a twin of another content is noticed even at equal size.</summary>
    public ReadOnlyMemory<byte> Sha256 { get; init; }
}
