namespace GeminiBatch;

/// <summary>What the catalogue says of a model (protocol: 8). Null is "not known", never "none".</summary>
public sealed record GeminiModelFacts
{
    /// <summary>Id without prefix, such as <c>gemini-3.5-flash-lite</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it gives.</summary>
    public required GeminiModelKind Kind { get; init; }

    /// <summary>Where it stood on the catalogue's day; <see cref="StatusOn"/> knows of later days.</summary>
    public required GeminiModelStatus Status { get; init; }

    /// <summary>First day.</summary>
    public DateOnly? Released { get; init; }

    /// <summary>First day on which it is no longer answered by itself, past or announced.</summary>
    public DateOnly? Retires { get; init; }

    /// <summary>Id of the model to use instead.</summary>
    public string? Successor { get; init; }

    /// <summary>Id of the model that answers for it, from <see cref="Retires"/> on, or already where that is null.</summary>
    public string? RoutedTo { get; init; }

    /// <summary>Most input tokens.</summary>
    public int? InputTokens { get; init; }

    /// <summary>Most output tokens, thoughts included.</summary>
    public int? OutputTokens { get; init; }

    /// <summary>Batch methods that it offers: <c>batchGenerateContent</c>, <c>asyncBatchEmbedContent</c>.</summary>
    public IReadOnlyList<string> BatchMethods { get; init; } = [];

    /// <summary>Backends that have it: <c>developer</c>, <c>vertex</c>.</summary>
    public IReadOnlyList<string> Backends { get; init; } = [];

    /// <summary>Locations of Vertex AI that run it in batches; empty when any or not known (protocol: 3.1).</summary>
    public IReadOnlyList<string> VertexLocations { get; init; } = [];

    /// <summary>Whether tools and a JSON response type go together; where not, every row fails with code 3 (protocol: 7).</summary>
    public bool StructuredOutputWithTools { get; init; }

    /// <summary>How thinking is controlled; null when it does not think or is not known.</summary>
    public GeminiThinkingFacts? Thinking { get; init; }

    /// <summary>Settings that it ignores or refuses.</summary>
    public GeminiSamplingFacts Sampling { get; init; } = GeminiSamplingFacts.Unrestricted;

    /// <summary>Prices, each with its days; empty when not known.</summary>
    public IReadOnlyList<GeminiPrice> Prices { get; init; } = [];

    /// <summary>What else there is to know, or null.</summary>
    public string? Note { get; init; }

    /// <summary>The model's constant in <see cref="GeminiModels"/>; null for one that is known by its family alone.</summary>
    internal string? Constant { get; init; }

    /// <summary>Whether it runs generation batches.</summary>
    public bool RunsBatches => BatchMethods.Contains("batchGenerateContent", StringComparer.Ordinal);

    /// <summary>Where it stands on a day: retired from its day of retirement on.</summary>
    /// <param name="date">The day.</param>
    public GeminiModelStatus StatusOn(DateOnly date) => Retires is { } day && day <= date ? GeminiModelStatus.Retired : Status;

    /// <summary>The price on a day, or null when none is known.</summary>
    /// <param name="date">The day.</param>
    /// <param name="promptTokens">Tokens of one prompt: long prompts have a price of their own on some models.</param>
    public GeminiPrice? PriceOn(DateOnly date, long promptTokens) => Prices
        .Where(price => price.AppliesOn(date) && (price.PromptTokensAbove ?? -1) < promptTokens)
        .MaxBy(price => price.PromptTokensAbove ?? -1);
}
