namespace GeminiBatch.Generators;

/// <param name="Name">What the discriminator holds.</param>
/// <param name="Type">The case's type, an object.</param>
internal sealed record UnionCaseModel(string Name, int Type);
