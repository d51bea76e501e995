namespace GeminiBatch;

/// <summary>One part of a neutral request row: text, media by hash, media in the row itself, or an address.</summary>
internal abstract record SpoolPart
{
    /// <summary>Text; from a file or from the document itself.</summary>
    public sealed record Text(ReadOnlyMemory<byte> Utf8) : SpoolPart;

    /// <summary>Media in the content store; with pages, a section that was cut out of another content.</summary>
    public sealed record Content(ContentHash Hash, string MimeType, long Size, PageRange? Pages = null) : SpoolPart
    {
        /// <summary>Pages of a whole medium that was read for them; known while it is planned.</summary>
        public int? PageCount { get; init; }
    }

    /// <summary>Media that are sent inside the row.</summary>
    public sealed record Inline(ReadOnlyMemory<byte> Bytes, string MimeType) : SpoolPart;

    /// <summary>An address that the backend reads by itself, with the generation or the hash of what lies there where that is known.</summary>
    public sealed record Uri(string Address, string MimeType, string? Generation = null, ContentHash? Hash = null) : SpoolPart
    {
        /// <summary>Bytes of what lies there; known while it is planned.</summary>
        public long? Size { get; init; }
    }
}
