namespace GeminiBatch.Scaffolding;

/// <summary>One property of an object.</summary>
internal sealed record SchemaProperty(string Name, SchemaNode Schema);
