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

    public bool IsEmpty => Minimum is null && Maximum is null && MinLength is null && MaxLength is null && Pattern is null;
}
