namespace GeminiBatch;

/// <summary>What a backend has at an address that a document names.</summary>
/// <param name="Uri">The address in the form that requests take.</param>
/// <param name="MimeType">The MIME type it was stored with; null when not told.</param>
/// <param name="Generation">What tells this content from a later one at the same address, such as an object's generation; null when not told.</param>
/// <param name="Size">Its bytes; null when not told.</param>
/// <param name="Sha256Hex">SHA-256 of its content in lower-case hexadecimal text, where the service vouches for it: equal contents are then one, whatever their addresses; null otherwise.</param>
public sealed record AddressedFile(string Uri, string? MimeType, string? Generation, long? Size = null, string? Sha256Hex = null);
