namespace GeminiBatch;

/// <summary>What to upload a file as.</summary>
public sealed record GeminiUpload
{
    /// <summary>MIME type.</summary>
    public required string MimeType { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Name chosen by the caller, with or without <c>files/</c>: 1 to 40 lower-case letters, digits and inner dashes; null lets the service choose.</summary>
    public string? Name { get; init; }

    /// <summary>Name for people, at most 512 characters.</summary>
    public string? DisplayName { get; init; }
}
