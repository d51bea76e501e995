namespace GeminiBatch;

/// <summary>Effective recipes of documents with overrides, stored once each.</summary>
internal sealed class OverriddenRecipes(RunContext context, OpenedRun run)
{
    private const int MostKept = 1_000;
    private readonly Dictionary<string, StoredRecipe> _recipes = new(StringComparer.Ordinal);

    public async ValueTask<StoredRecipe> GetAsync(RecipeOverrides overrides, CancellationToken cancellationToken)
    {
        if (overrides.Model is { } model)
        {
            RunOpening.RequireModelName(model);
        }

        var asked = run.Asked.With(overrides);
        var body = asked.ToCanonicalJson();
        if (_recipes.TryGetValue(body, out var stored))
        {
            return stored;
        }

        if (_recipes.Count >= MostKept)
        {
            _recipes.Clear();
        }

        stored = await context.WriteAsync("plan.recipe", connection => Store(connection, asked), cancellationToken).ConfigureAwait(false);
        _recipes.Add(body, stored);
        return stored;
    }

    private StoredRecipe Store(LedgerConnection connection, Recipe asked)
    {
        if (RecipeFits.Find(connection, run.Id, asked) is { } known)
        {
            return known;
        }

        var added = LedgerRuns.AddRecipe(connection, asked.FittedTo(context.Catalogue, run.Asked, run.Recipe.Recipe));
        RecipeFits.Add(connection, run.Id, asked, added.Id);
        return added;
    }
}
