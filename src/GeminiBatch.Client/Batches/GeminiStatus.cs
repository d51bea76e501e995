namespace GeminiBatch;

/// <summary>An error inside a resource or a row (protocol: 9.1).</summary>
/// <param name="Code">gRPC code, such as 13 for an internal error; null when the service gave none.</param>
/// <param name="Message">The service's words.</param>
public sealed record GeminiStatus(int? Code, string Message);
