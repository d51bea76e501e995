namespace GeminiBatch.Emulator;

/// <summary>One billed line as it was found.</summary>
internal sealed record LineItem(string Text)
{
    public decimal? Quantity { get; init; }

    public string? Unit { get; init; }

    public decimal? UnitPrice { get; init; }

    public decimal? Amount { get; init; }

    public decimal? TaxRate { get; init; }

    public string? Code { get; init; }

    public string? Position { get; init; }
}
