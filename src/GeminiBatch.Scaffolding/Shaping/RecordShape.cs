namespace GeminiBatch.Scaffolding;

/// <summary>A record to write. It is filled after it is named, because its members may lead back to it.</summary>
internal sealed record RecordShape(string Name, string? Description) : TypeShape(Name, Description)
{
    public UnionShape? Base { get; set; }

    public bool IsRoot { get; set; }

    public List<MemberShape> Members { get; } = [];
}
