using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GeminiBatch.Schemas.Tests;

/// <summary>One supplier invoice.</summary>
/// <param name="Number">Invoice number exactly as printed.</param>
[ExtractionSchema]
public sealed partial record Invoice(
    string Number,
    DateOnly? IssuedOn,
    Currency Currency,
    [Range(0, 10_000_000)] decimal Total,
    IReadOnlyList<LineItem> Lines);

/// <summary>One line of an invoice.</summary>
public sealed record LineItem([property: Description("What was sold.")] string Text, decimal Amount)
{
    public int Quantity { get; init; } = 1;
}

public enum Currency
{
    EUR,

    /// <summary>US dollar.</summary>
    [Aliases("$", "US$")]
    USD,
}
