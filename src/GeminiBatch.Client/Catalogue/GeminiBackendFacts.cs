namespace GeminiBatch;

/// <summary>What the catalogue says of a backend.</summary>
public sealed record GeminiBackendFacts
{
    /// <summary>The model used when none is named.</summary>
    public required string DefaultModel { get; init; }
}
