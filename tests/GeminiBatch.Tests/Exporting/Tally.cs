namespace GeminiBatch.Tests.Exporting;

/// <summary>Integers of three widths.</summary>
[ExtractionSchema]
public sealed partial record Tally(int Few, ulong Many, UInt128 Most);
