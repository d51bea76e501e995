namespace GeminiBatch.Scaffolding;

/// <summary>An enum to write.</summary>
internal sealed record EnumShape(string Name, string? Description, IReadOnlyList<EnumValueShape> Values) : TypeShape(Name, Description);
