namespace GeminiBatch.Schemas.Tests;

// A record of nothing but itself, of which nothing is said: a summary would be its description.
[ExtractionSchema]
public sealed partial record Menu(IReadOnlyList<Menu> Items);
