using GeminiBatch;

namespace Invoices;

/// <summary>One supplier's invoice, receipt or credit note. Amounts are in the invoice's currency, negative where they are credited.</summary>
/// <param name="Number">The invoice, receipt or credit note number exactly as printed.</param>
/// <param name="IssuedOn">The date of issue.</param>
/// <param name="DueOn">The last day for payment; null when none is printed.</param>
/// <param name="Supplier">The company or person that issued the invoice, as printed.</param>
/// <param name="Customer">The company or person that is billed, without address; null when none is printed.</param>
/// <param name="VatId">The supplier's VAT or tax registration number as printed; null when there is none.</param>
/// <param name="Currency">The currency of all amounts.</param>
/// <param name="Net">The total before tax; null when it is not printed.</param>
/// <param name="Tax">The sum of all taxes; null when it is not printed.</param>
/// <param name="Total">The total of the invoice, tax included, before advance payments are deducted.</param>
/// <param name="Lines">Every line that was billed, in the order in which they are printed; carried-over totals are no lines.</param>
[ExtractionSchema]
public sealed partial record Invoice(
    [property: Aliases("Invoice number", "Receipt", "Document number")] string Number,
    [property: Aliases("Date", "Issue date", "Invoice date")] DateOnly IssuedOn,
    [property: Aliases("Due date", "Date due")] DateOnly? DueOn,
    [property: Aliases("Issuer", "Seller", "Vendor")] string Supplier,
    [property: Aliases("Buyer", "Bill to")] string? Customer,
    [property: Aliases("VAT", "Tax ID", "VAT number")] string? VatId,
    Currency Currency,
    [property: Aliases("Subtotal", "Amount untaxed", "Net total")] decimal? Net,
    [property: Aliases("VAT amount", "Amount tax", "Sales tax")] decimal? Tax,
    [property: Aliases("Amount", "Amount due", "Grand total")] decimal Total,
    [property: Aliases("Items", "Positions")] IReadOnlyList<InvoiceLine> Lines);
