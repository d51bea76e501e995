namespace GeminiBatch;

/// <summary>What the catalogue says of a model.</summary>
public sealed record GeminiModelFacts
{
    /// <summary>Id without prefix.</summary>
    public required string Id { get; init; }
}
