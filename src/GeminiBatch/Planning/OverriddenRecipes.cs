namespace GeminiBatch;

/// <summary>Effective recipes of documents with overrides, stored once each.</summary>
internal sealed class OverriddenRecipes(RunContext context, StoredRecipe run)
{
    private const int MostKept = 1_000;
    private readonly Dictionary<string, StoredRecipe> _recipes = new(StringComparer.Ordinal);

    public async ValueTask<StoredRecipe> GetAsync(RecipeOverrides overrides, CancellationToken cancellationToken)
    {
        if (overrides.Model is { } model)
        {
            RunOpening.RequireModelName(model);
        }

        var own = overrides is { Model: not null, Settings: null } ? run.Recipe.WithoutFit(context.Catalogue) : run.Recipe;
        var recipe = own.With(overrides).FittedTo(context.Catalogue);
        var body = recipe.ToCanonicalJson();
        if (_recipes.TryGetValue(body, out var stored))
        {
            return stored;
        }

        if (_recipes.Count >= MostKept)
        {
            _recipes.Clear();
        }

        stored = await context.WriteAsync("plan.recipe", connection => LedgerRuns.AddRecipe(connection, recipe), cancellationToken).ConfigureAwait(false);
        _recipes.Add(body, stored);
        return stored;
    }
}
