namespace GeminiBatch;

/// <summary>A recipe with its schema and its composer.</summary>
internal sealed class RecipeEntry(StoredRecipe stored, SchemaRendering schema)
{
    private readonly Lazy<ExtractionSchema> _reader = new(schema.ToSchema);

    public StoredRecipe Stored => stored;

    public Recipe Recipe => stored.Recipe;

    public SchemaRendering Schema => schema;

    /// <summary>Estimated tokens of what is asked besides the document.</summary>
    public long Tokens { get; } = TokenEstimate.OfRecipe(stored.Recipe, schema);

    /// <summary>The schema without the user's type, for reading answers.</summary>
    public ExtractionSchema Reader => _reader.Value;

    public RequestComposer Composer { get; } = new(stored.Recipe, schema);
}
