namespace GeminiBatch;

/// <summary>A file that the service can read.</summary>
/// <param name="Name">Name at the service, such as <c>files/abc</c>; what <see cref="JobCreation.InputFile"/> takes.</param>
/// <param name="Uri">Address for use in a request's parts.</param>
/// <param name="ExpiresAt">When the service deletes it, or null when it does not.</param>
public sealed record StagedFile(string Name, string Uri, DateTimeOffset? ExpiresAt);
