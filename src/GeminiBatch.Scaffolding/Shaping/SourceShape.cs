namespace GeminiBatch.Scaffolding;

/// <summary>All that is written for one schema.</summary>
/// <param name="Types">The types, in the order in which the schema leads to them.</param>
/// <param name="Root">What an answer is read into.</param>
/// <param name="Declaration">The name of the static class that declares a root that cannot carry the attribute itself.</param>
/// <param name="Description">The words on that class.</param>
internal sealed record SourceShape(IReadOnlyList<TypeShape> Types, TypeUse Root, string? Declaration, string? Description);
