namespace GeminiBatch;

/// <summary>What the service says of a model (protocol: 1.2).</summary>
public sealed record GeminiModelDescription
{
    /// <summary>Name, such as <c>models/gemini-3.5-flash-lite</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Name for people, or null.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Version, or null.</summary>
    public string? Version { get; init; }

    /// <summary>Most input tokens, when told.</summary>
    public long? InputTokenLimit { get; init; }

    /// <summary>Most output tokens, when told.</summary>
    public long? OutputTokenLimit { get; init; }

    /// <summary>Methods that the model offers, such as <c>generateContent</c>.</summary>
    public IReadOnlyList<string> SupportedMethods { get; init; } = [];

    /// <summary>Whether the model runs generation batches: the service's own statement.</summary>
    public bool SupportsBatch => SupportedMethods.Contains("batchGenerateContent", StringComparer.Ordinal);

    /// <summary>Whether the model thinks, when told.</summary>
    public bool? Thinks { get; init; }
}
