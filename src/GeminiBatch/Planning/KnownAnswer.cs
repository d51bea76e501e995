namespace GeminiBatch;

/// <summary>Where the answer of another run stands.</summary>
internal readonly record struct KnownAnswer(long Run, long Chunk, int Ordinal, int Repairs);
