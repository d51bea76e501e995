namespace GeminiBatch.Pdf.Tests;

/// <summary>What is read of a PDF of invoices.</summary>
/// <param name="InvoiceNumber">The invoice's number.</param>
/// <param name="Total">The total.</param>
/// <param name="Notes">Whatever else.</param>
[ExtractionSchema]
public sealed partial record Statement(string? InvoiceNumber, decimal? Total, IReadOnlyList<string> Notes);
