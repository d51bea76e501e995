namespace GeminiBatch;

/// <summary>One part of a neutral request row: text, media by hash, media in the row itself, or an address.</summary>
internal abstract record SpoolPart
{
    /// <summary>Text; from a file or from the document itself.</summary>
    public sealed record Text(ReadOnlyMemory<byte> Utf8) : SpoolPart;

    /// <summary>Media in the content store; with pages, a section that was cut out of another content.</summary>
    public sealed record Content(ContentHash Hash, string MimeType, long Size, PageRange? Pages = null) : SpoolPart;

    /// <summary>Media that are sent inside the row.</summary>
    public sealed record Inline(ReadOnlyMemory<byte> Bytes, string MimeType) : SpoolPart;

    /// <summary>An address that the backend reads by itself, with the generation of what lies there where that is known.</summary>
    public sealed record Uri(string Address, string MimeType, string? Generation = null) : SpoolPart;
}
