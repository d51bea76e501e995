namespace GeminiBatch.Generators;

/// <summary>What one annotated declaration gives to print, and whether there is something to report of it.</summary>
internal sealed record RootModels(RootKey Key, EquatableArray<SchemaModel> Models, bool HasMistakes);
