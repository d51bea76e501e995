namespace GeminiBatch;

/// <summary>Pages of a content, from 1. They, and not the bytes that a splitter happens to write, are a section's identity.</summary>
internal sealed record PageRange(ContentHash Source, int First, int Last);
