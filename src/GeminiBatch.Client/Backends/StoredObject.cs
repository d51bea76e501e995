namespace GeminiBatch;

/// <summary>A file that a backend stores.</summary>
/// <param name="Name">Its full name there.</param>
/// <param name="CreatedAt">When it was stored; <see langword="null"/> when not told.</param>
/// <param name="Size">Its bytes; <see langword="null"/> when not told.</param>
public sealed record StoredObject(string Name, DateTimeOffset? CreatedAt, long? Size);
