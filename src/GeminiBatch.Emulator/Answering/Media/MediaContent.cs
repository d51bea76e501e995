namespace GeminiBatch.Emulator;

/// <summary>A file's bytes and what they claim to be.</summary>
internal sealed record MediaContent(string MimeType, byte[] Bytes)
{
    public bool IsText => MimeType.StartsWith("text/", StringComparison.Ordinal) || MimeType is "application/json" or "application/xml";

    public bool IsPdf => MimeType == "application/pdf" || Bytes.AsSpan().StartsWith("%PDF-"u8);

    public bool IsImage => MimeType.StartsWith("image/", StringComparison.Ordinal);
}
