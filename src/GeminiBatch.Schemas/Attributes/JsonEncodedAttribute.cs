namespace GeminiBatch;

/// <summary>Stores a nested value of a metadata type as JSON text in one flat entry.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class JsonEncodedAttribute : Attribute;
