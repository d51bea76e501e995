namespace GeminiBatch;

/// <summary>One part of a neutral request row: text, media by hash, or an address.</summary>
internal abstract record SpoolPart
{
    /// <summary>Text; from a file or from the document itself.</summary>
    public sealed record Text(ReadOnlyMemory<byte> Utf8) : SpoolPart;

    /// <summary>Media in the content store.</summary>
    public sealed record Content(ContentHash Hash, string MimeType, long Size) : SpoolPart;

    /// <summary>An address that the backend reads by itself.</summary>
    public sealed record Uri(string Address, string MimeType) : SpoolPart;
}
