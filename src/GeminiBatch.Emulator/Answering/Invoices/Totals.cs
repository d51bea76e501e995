namespace GeminiBatch.Emulator;

/// <summary>The sums of an invoice.</summary>
internal sealed record Totals(decimal? Net, decimal? Tax, decimal? Total)
{
    public decimal? TaxRate { get; init; }

    public decimal? Shipping { get; init; }

    public decimal? Discount { get; init; }

    public decimal? Paid { get; init; }
}
