namespace GeminiBatch;

/// <summary>A document that was read and is about to be written: its row stands in the pass's buffer.</summary>
/// <param name="Position">The document's place in the stream, from 1.</param>
/// <param name="Id">Its id, or its section's.</param>
/// <param name="Key">Its row's key.</param>
/// <param name="Recipe">Its effective recipe.</param>
/// <param name="Start">Where its row begins in the buffer.</param>
/// <param name="Length">The row's length with its line break.</param>
/// <param name="Tokens">Estimated tokens of the content.</param>
/// <param name="MetadataJson">Its metadata.</param>
/// <param name="Section">Which section of a document it is; <see langword="null"/> for a whole one.</param>
/// <param name="Failure">Why it cannot be sent; <see langword="null"/> when it can.</param>
internal readonly record struct PlannedDocument(
    int Position, string Id, RowKey Key, long Recipe, int Start, int Length, long Tokens, string? MetadataJson, DocumentSection? Section, DocumentFailure? Failure)
{
    /// <summary>Whether what it names by an address is known by its hash, so that the address is none of the key's.</summary>
    public bool MayHaveMoved { get; init; }
}
