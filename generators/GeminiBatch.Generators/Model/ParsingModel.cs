namespace GeminiBatch.Generators;

/// <summary>What an attribute says about the reading of answers; null where it is silent.</summary>
internal sealed record ParsingModel(int? Mode, int? Coercions, string? Culture);
