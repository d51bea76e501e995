namespace GeminiBatch;

/// <summary>One source of a grounded answer.</summary>
/// <param name="Uri">Its address, often one of the service's own that redirects; empty when not told.</param>
/// <param name="Title">Its title; empty when not told.</param>
public sealed record GeminiGroundingSource(string Uri, string Title);
