namespace GeminiBatch.Generators;

internal sealed record ConstraintModel
{
    public string? Minimum { get; init; }

    public string? Maximum { get; init; }

    public bool MinimumIsExclusive { get; init; }

    public bool MaximumIsExclusive { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public string? Pattern { get; init; }

    public SchemaTextForm Form { get; init; }

    /// <summary>The only allowed values, as JSON.</summary>
    public EquatableArray<string> Allowed { get; init; }

    /// <summary>The values that are not allowed, as JSON.</summary>
    public EquatableArray<string> Denied { get; init; }

    public bool IsEmpty => this == new ConstraintModel();
}
