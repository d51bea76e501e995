namespace GeminiBatch.Scaffolding;

/// <summary>The text of one type and the namespaces it needs.</summary>
internal sealed record TypeText(string Name, string Text, IReadOnlyCollection<string> Usings);
