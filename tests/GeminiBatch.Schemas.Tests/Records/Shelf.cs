using System.Text.Json;
using System.Text.Json.Serialization;

namespace GeminiBatch.Schemas.Tests;

/// <summary>Kinds that both tiers must read alike, each optional so that an answer may hold one of them.</summary>
[ExtractionSchema]
#pragma warning disable CA1805 // The initializer is what makes a member optional.
public sealed partial record Shelf
{
    public IReadOnlySet<decimal>? Codes { get; init; }

    public IReadOnlyDictionary<string, int>? Stock { get; init; }

    public IReadOnlyDictionary<sbyte, string>? Rows { get; init; }

    public decimal? Price { get; init; }

    public double? Weight { get; init; }

    public float? Ratio { get; init; }

    public Uri? Link { get; init; }

    public JsonElement? Extra { get; init; }

    [JsonPropertyName("the \"name\"")]
    public string? Quoted { get; init; }

    public Section? Section { get; init; }
}

#pragma warning restore CA1805

/// <summary>A part that has parts.</summary>
public sealed record Section(string Name, IReadOnlyList<Section> Parts);
