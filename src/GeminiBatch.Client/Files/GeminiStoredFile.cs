namespace GeminiBatch;

/// <summary>A file at the Files API, as the service described it at one moment (protocol: 1.6).</summary>
public sealed record GeminiStoredFile
{
    /// <summary>Name, such as <c>files/abc</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Name for people, or null.</summary>
    public string? DisplayName { get; init; }

    /// <summary>MIME type, or null.</summary>
    public string? MimeType { get; init; }

    /// <summary>Size in bytes, when told.</summary>
    public long? Size { get; init; }

    /// <summary>Address for use in a request's parts; empty when the service gave none.</summary>
    public string Uri { get; init; } = "";

    /// <summary>The state.</summary>
    public GeminiUploadState State { get; init; }

    /// <summary>Whether the service made the file; only such files can be downloaded.</summary>
    public bool IsGenerated { get; init; }

    /// <summary>SHA-256 of the content as lower-case hexadecimal text, decoded from the wire's base64 of that text; null when not told.</summary>
    public string? Sha256Hex { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreateTime { get; init; }

    /// <summary>When the service deletes it: 48 hours after the upload.</summary>
    public DateTimeOffset? ExpirationTime { get; init; }

    /// <summary>Why it could not be prepared, or null.</summary>
    public GeminiStatus? Error { get; init; }
}
