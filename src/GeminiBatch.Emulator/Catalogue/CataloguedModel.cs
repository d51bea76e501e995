namespace GeminiBatch.Emulator;

/// <summary>One model as the catalogue describes it.</summary>
internal sealed record CataloguedModel(
    string Id,
    string Kind,
    string Status,
    DateOnly? Retires,
    string? RoutedTo,
    long? InputTokens,
    long? OutputTokens,
    IReadOnlyList<string> BatchMethods,
    IReadOnlyList<string>? ThinkingLevels,
    bool StructuredOutputWithTools,
    int Dimensions)
{
    public IReadOnlyList<string> Backends { get; init; } = [];

    /// <summary>Where Vertex AI serves it; null where it does not say.</summary>
    public IReadOnlyList<string>? VertexLocations { get; init; }

    public int MinimumDimensions { get; init; } = 1;

    public bool TakesTaskType { get; init; } = true;

    public bool IsEmbedding => Kind == "embedding";

    /// <summary>Older embedding models have instances and predictions instead of requests and responses (protocol: 3.8).</summary>
    public bool IsLegacyEmbedding => IsEmbedding && !Id.StartsWith("gemini-", StringComparison.Ordinal);

    /// <summary>The most rows of a job on Vertex AI (protocol: 3.6).</summary>
    public long MaxVertexRows => IsLegacyEmbedding ? 30_000 : IsEmbedding ? 1_000_000 : 200_000;

    public bool IsRetired(DateOnly today) => Status == "retired" || Retires <= today;
}
