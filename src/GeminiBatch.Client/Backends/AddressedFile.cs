namespace GeminiBatch;

/// <summary>What a backend has at an address that a document names.</summary>
/// <param name="Uri">The address in the form that requests take.</param>
/// <param name="MimeType">The MIME type it was stored with; null when not told.</param>
/// <param name="Generation">What tells this content from a later one at the same address: an object's generation, or a file's hash; null when not told.</param>
public sealed record AddressedFile(string Uri, string? MimeType, string? Generation);
