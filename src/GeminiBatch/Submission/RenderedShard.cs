namespace GeminiBatch;

/// <summary>A shard's file on the local disk, until it is uploaded.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Sha256">Its hash.</param>
/// <param name="MediaExpireAt">When the first medium that it refers to will be gone; <see langword="null"/> for never.</param>
internal sealed record RenderedShard(string Path, long Size, ReadOnlyMemory<byte> Sha256, long? MediaExpireAt);
