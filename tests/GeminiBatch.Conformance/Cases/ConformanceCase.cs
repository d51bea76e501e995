using System.Text.Json;

namespace GeminiBatch.Conformance;

/// <summary>One input and what is expected of it.</summary>
internal sealed record ConformanceCase
{
    public required string Id { get; init; }

    /// <summary>The suite, with the mode or kind of its cases where it has several: <c>baml/final</c>.</summary>
    public required string Suite { get; init; }

    /// <summary>The suite's own name.</summary>
    public required string Origin { get; init; }

    public string? Mode { get; init; }

    public required ReadOnlyMemory<byte> Input { get; init; }

    public string? Schema { get; init; }

    public JsonElement Expected { get; init; }

    /// <summary>Whether the expectation is that there is no JSON at all.</summary>
    public bool ExpectsNothing { get; init; }

    public bool ShouldFail { get; init; }

    /// <summary>Whether the origin's tool was told something that has no counterpart here.</summary>
    public bool HasOptions { get; init; }

    /// <summary>For strict JSON: accept, reject or either.</summary>
    public string? Expect { get; init; }
}
