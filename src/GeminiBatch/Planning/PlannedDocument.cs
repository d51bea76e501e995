namespace GeminiBatch;

/// <summary>A document that was read and is about to be written: its row stands in the pass's buffer.</summary>
/// <param name="Position">The document's place in the stream, from 1.</param>
/// <param name="Id">Its id.</param>
/// <param name="Key">Its row's key.</param>
/// <param name="Recipe">Its effective recipe.</param>
/// <param name="Start">Where its row begins in the buffer.</param>
/// <param name="Length">The row's length with its line break.</param>
/// <param name="Tokens">Estimated tokens of the content.</param>
/// <param name="MetadataJson">Its metadata.</param>
internal readonly record struct PlannedDocument(int Position, string Id, RowKey Key, long Recipe, int Start, int Length, long Tokens, string? MetadataJson);
