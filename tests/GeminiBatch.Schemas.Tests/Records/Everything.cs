using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace GeminiBatch.Schemas.Tests;

/// <summary>One of each kind of member.</summary>
[ExtractionSchema]
public sealed partial record Everything(
    string Text, bool Flag, int Small, long Wide, ulong Unsigned, byte Narrow, float Single, double Double, decimal Exact,
    DateOnly Day, TimeOnly Clock, DateTime Moment, DateTimeOffset Instant, TimeSpan Span, Guid Id, Uri Link, Shade Shade,
    string? MaybeText, int? MaybeNumber, Shade? MaybeShade, Leaf? MaybeLeaf,
    string[] Texts, ImmutableArray<int> Numbers, IReadOnlySet<string> Unique, IReadOnlyDictionary<string, decimal> Named,
    Dictionary<Shade, List<int?>> Deep, IReadOnlyList<Leaf> Leaves, Tree Tree)
{
    [Range(1, 9, MinimumIsExclusive = true)]
    public int Bounded { get; init; } = 5;

    [StringLength(5, MinimumLength = 2)]
    public string Short { get; set; } = "ab";

    [RegularExpression("[A-Z]{2}"), JsonPropertyName("country-code")]
    public required string? Country { get; init; }
}

/// <summary>A shade.</summary>
public enum Shade
{
    Light,

    /// <summary>Nearly black.</summary>
    [JsonStringEnumMemberName("very dark")]
    Dark,
}

/// <summary>A leaf of anything.</summary>
public sealed record Leaf(string Name, Shade? Shade = null);

/// <summary>A tree.</summary>
public sealed record Tree(string Name, Tree? Left, IReadOnlyList<Tree> Children);
