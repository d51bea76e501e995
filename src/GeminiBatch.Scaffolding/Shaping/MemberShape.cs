namespace GeminiBatch.Scaffolding;

/// <summary>One property of a record to write; <c>Default</c> is its initial value as C#.</summary>
internal sealed record MemberShape(string Name, TypeUse Use, bool IsRequired, string? Default, string? Description, IReadOnlyList<Annotation> Annotations)
{
    public IEnumerable<string> Usings => Use.Type.Usings.Concat(Annotations.Select(annotation => annotation.Using));
}
