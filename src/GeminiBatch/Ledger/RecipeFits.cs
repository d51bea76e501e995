namespace GeminiBatch;

/// <summary>
/// What a run's requests became once the catalogue's facts of their model were added. The facts change with releases; what a run was planned with stays, or its
/// documents would get new keys and be paid for again.
/// </summary>
internal static class RecipeFits
{
    public static StoredRecipe? Find(LedgerConnection connection, long run, Recipe asked) =>
        connection.Number("SELECT recipe FROM fits WHERE run = $1 AND asked = $2", run, Recipe.FingerprintOf(asked.ToCanonicalJson())) is { } recipe
            ? LedgerRuns.Recipe(connection, recipe)
            : null;

    public static void Add(LedgerConnection connection, long run, Recipe asked, long recipe) => connection.Execute(
        "INSERT INTO fits (run, asked, recipe) VALUES ($1, $2, $3) ON CONFLICT DO UPDATE SET recipe = $3",
        run, Recipe.FingerprintOf(asked.ToCanonicalJson()), recipe);
}
