namespace GeminiBatch.Scaffolding;

/// <summary>A type to write.</summary>
internal abstract record TypeShape(string Name, string? Description);
