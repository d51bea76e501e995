namespace GeminiBatch;

/// <summary>One job that was created, as the state folder's <c>jobs.jsonl</c> records it.</summary>
/// <param name="Name">The resource name, batches/ and 36 characters.</param>
/// <param name="DisplayName">The display name of the create call.</param>
/// <param name="Model">The model, e.g. models/gemini-3.5-flash-lite.</param>
/// <param name="InputFile">The input file's resource name; null for an inline job.</param>
/// <param name="InputSha256">The SHA-256 of the input's bytes in lower-case hex.</param>
/// <param name="CreateTime">When it was created, by the emulator's clock.</param>
public sealed record EmulatedJob(string Name, string DisplayName, string Model, string? InputFile, string InputSha256, DateTimeOffset CreateTime);
