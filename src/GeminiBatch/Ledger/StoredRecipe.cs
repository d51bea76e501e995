namespace GeminiBatch;

/// <summary>A recipe with its place in the ledger.</summary>
internal sealed record StoredRecipe(long Id, byte[] Fingerprint, Recipe Recipe);
