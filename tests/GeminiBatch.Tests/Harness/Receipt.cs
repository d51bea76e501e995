namespace GeminiBatch.Tests;

/// <summary>One receipt.</summary>
/// <param name="Number">The receipt's number.</param>
/// <param name="Total">The total.</param>
[ExtractionSchema]
public sealed partial record Receipt(string Number, decimal Total);
