namespace GeminiBatch;

/// <summary>What a job is created from.</summary>
/// <param name="Model">The model's id, such as <c>gemini-3.5-flash-lite</c>.</param>
/// <param name="DisplayName">Name by which the job is found again; unique for this creation.</param>
/// <param name="InputFile">The staged batch file, as <see cref="StagedFile.Name"/> gives it.</param>
public sealed record JobCreation(string Model, string DisplayName, string InputFile);
