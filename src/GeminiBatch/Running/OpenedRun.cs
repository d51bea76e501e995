namespace GeminiBatch;

/// <summary>A run with the recipe that its documents are planned with.</summary>
/// <param name="Id">Its number in the ledger.</param>
/// <param name="Name">Its name.</param>
/// <param name="Recipe">The recipe, fitted to its model.</param>
/// <param name="Asked">The same as it was asked for: what a document's overrides change.</param>
internal sealed record OpenedRun(long Id, string Name, StoredRecipe Recipe, Recipe Asked);
