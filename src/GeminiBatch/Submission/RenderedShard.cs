namespace GeminiBatch;

/// <summary>A shard's file on the local disk, until it is uploaded.</summary>
internal sealed record RenderedShard(string Path, long Size, ReadOnlyMemory<byte> Sha256);
