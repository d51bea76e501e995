namespace GeminiBatch;

/// <summary>Which members of <c>generationConfig</c> a model ignores or refuses, by their names on the wire (protocol: 8).</summary>
public sealed record GeminiSamplingFacts
{
    /// <summary>Takes everything.</summary>
    public static GeminiSamplingFacts Unrestricted { get; } = new();

    /// <summary>Accepted without effect.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Answered with an error.</summary>
    public IReadOnlyList<string> Refused { get; init; } = [];

    /// <summary>To be left out, by the model's guide.</summary>
    public IReadOnlyList<string> Discouraged { get; init; } = [];

    /// <summary>Whether the last turn may have the role <c>model</c>.</summary>
    public bool LastTurnMayBeModel { get; init; } = true;
}
