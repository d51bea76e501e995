namespace GeminiBatch.Scaffolding;

/// <summary>A type where it is used.</summary>
internal sealed record TypeUse(CSharpType Type, bool Nullable)
{
    public string Text => Nullable ? Type.Name + "?" : Type.Name;
}
