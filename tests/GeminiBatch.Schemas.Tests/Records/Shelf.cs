using System.Text.Json;
using System.Text.Json.Serialization;

namespace GeminiBatch.Schemas.Tests;

/// <summary>Kinds that both tiers must read alike, each optional so that an answer may hold one of them.</summary>
[ExtractionSchema]
#pragma warning disable CA1805 // The initializer is what makes a member optional.
public sealed partial record Shelf
{
    public IReadOnlySet<decimal>? Codes { get; init; } = null;

    public IReadOnlyDictionary<string, int>? Stock { get; init; } = null;

    public IReadOnlyDictionary<sbyte, string>? Rows { get; init; } = null;

    public decimal? Price { get; init; } = null;

    public double? Weight { get; init; } = null;

    public float? Ratio { get; init; } = null;

    public Uri? Link { get; init; } = null;

    public JsonElement? Extra { get; init; } = null;

    [JsonPropertyName("the \"name\"")]
    public string? Quoted { get; init; } = null;

    public Section? Section { get; init; } = null;
}

#pragma warning restore CA1805

/// <summary>A part that has parts.</summary>
public sealed record Section(string Name, IReadOnlyList<Section> Parts);
