namespace GeminiBatch;

/// <summary>A run with the recipe that its documents are planned with.</summary>
internal sealed record OpenedRun(long Id, string Name, StoredRecipe Recipe);
