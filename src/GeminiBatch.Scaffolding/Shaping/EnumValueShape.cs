namespace GeminiBatch.Scaffolding;

/// <summary>One value of an enum to write.</summary>
internal sealed record EnumValueShape(string JsonName, string MemberName, string? Description, IReadOnlyList<Annotation> Annotations);
