using GeminiBatch;

namespace Invoices;

/// <summary>One billed line.</summary>
/// <param name="Text">What was billed, as printed, without article number, quantity and prices.</param>
/// <param name="UnitPrice">The price of one unit; null when it is not printed.</param>
/// <param name="Amount">The amount of the whole line.</param>
public sealed record InvoiceLine(
    [property: Aliases("Description", "Name", "Desc", "Item")] string Text,
    [property: Aliases("Price", "Price unit")] decimal? UnitPrice,
    [property: Aliases("Total", "Price subtotal", "Line total")] decimal Amount)
{
    /// <summary>How many units; 1 when it is not printed.</summary>
    [Aliases("Qty", "Count")]
    public decimal Quantity { get; init; } = 1;
}
