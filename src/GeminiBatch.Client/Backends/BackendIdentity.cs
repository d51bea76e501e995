namespace GeminiBatch;

/// <summary>Which account at which service: runs never move between two of them.</summary>
/// <param name="Kind"><c>developer</c> or <c>vertex</c>.</param>
/// <param name="Account">The Google Cloud project, or a fingerprint of the API key such as <c>k-1a2b3c4d</c>; never the key.</param>
/// <param name="Location">The location of Vertex AI; empty for the Developer API.</param>
/// <param name="Endpoint">The service's base address.</param>
public sealed record BackendIdentity(string Kind, string Account, string Location, string Endpoint);
