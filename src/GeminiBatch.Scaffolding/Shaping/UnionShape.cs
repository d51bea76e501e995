namespace GeminiBatch.Scaffolding;

/// <summary>A union to write: an abstract record and the records that derive from it.</summary>
internal sealed record UnionShape(string Name, string? Description, string? Discriminator) : TypeShape(Name, Description)
{
    public List<UnionCase> Cases { get; } = [];
}
