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
    public bool TakesTaskType { get; init; } = true;

    public bool IsEmbedding => Kind == "embedding";

    public bool IsRetired(DateOnly today) => Status == "retired" || Retires <= today;
}
