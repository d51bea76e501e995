namespace GeminiBatch;

/// <summary>What is asked of every document of a run, and within which bounds.</summary>
/// <remarks>
/// Model, prompt, system instruction, settings, safety, tools, schema placement and <see cref="IncludeMetadataInPrompt"/> are the recipe: they decide
/// the rows' keys. The rest (cost cap, attempts, sections, parsing) may differ from one start to the next.
/// </remarks>
public sealed record ExtractionRequest
{
    /// <summary>The model's name as in <see cref="GeminiModels"/>; the catalogue's default when <see langword="null"/>.</summary>
    public string? Model { get; init; }

    /// <summary>The task, in words. The schema is added by the library.</summary>
    public required string Prompt { get; init; }

    /// <summary>The system instruction.</summary>
    public string? SystemInstruction { get; init; }

    /// <summary>Generation settings. The response schema and its media type are filled in by the library.</summary>
    public GenerationSettings? Settings { get; init; }

    /// <summary>Safety settings.</summary>
    public IReadOnlyList<GeminiSafetySetting> Safety { get; init; } = [];

    /// <summary>Tools that the model may use.</summary>
    public IReadOnlyList<GeminiTool> Tools { get; init; } = [];

    /// <summary>How the model is told the schema.</summary>
    public SchemaPlacement Schema { get; init; } = SchemaPlacement.Native;

    /// <summary>The most that the run may cost in US dollars, or <see langword="null"/> for no cap. With a cap, a model of unknown price is refused.</summary>
    /// <remarks>
    /// Each batch file's price is held back before it is sent, and replaced by its bill when it is answered. What is held back rests on
    /// <see cref="GenerationSettings.MaxOutputTokens"/> where that is set, and the cap then holds; without it, on an estimate, and the files that are under way
    /// when answers turn out longer may take the run past the cap before it stops.
    /// </remarks>
    public decimal? MaxCost { get; init; }

    /// <summary>How often one row is sent at most, the first time included. At least 1.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>What happens when the run was planned with another recipe.</summary>
    public RecipeChange OnRecipeChange { get; init; } = RecipeChange.Refuse;

    /// <summary>Whether the document's metadata is shown to the model. It then is part of the row's key.</summary>
    public bool IncludeMetadataInPrompt { get; init; }

    /// <summary>
    /// Whether more rows than the catalogue's threshold (about 100) may search with Google. Searches are billed by query and not halved in a batch; they can cost
    /// many times what the tokens cost.
    /// </summary>
    public bool AllowSearchCost { get; init; }

    /// <summary>Search queries that are known to be still free for the account this month; 0 counts none.</summary>
    public long FreeSearches { get; init; }

    /// <summary>
    /// Whether an answer without grounding metadata fails its row, as <c>ungrounded</c>. A configured search tool does not make the model search,
    /// so what must rest on sources has to say so.
    /// </summary>
    public bool RequireGrounding { get; init; }

    /// <summary>
    /// Whether an answer that names another model than was asked for fails its row, as <c>other_model</c>. Otherwise it counts, and the result's notes and the
    /// summary tell of it. A name with a version's suffix, such as <c>-001</c>, is the same model.
    /// </summary>
    public bool RequireModel { get; init; }

    /// <summary>
    /// Whether documents that another run of the same ledger has answered under the same key (content, recipe and account) take that answer instead of
    /// being sent and paid for again. Such results are marked as cached.
    /// </summary>
    public bool ReuseAnswers { get; init; } = true;

    /// <summary>What becomes of the answers to the sections of a document that was split, as <c>UsePdfSplitting</c> of GeminiBatch.Pdf does with PDFs over a limit.</summary>
    public SectionMerge Sections { get; init; } = SectionMerge.Combine;

    /// <summary>How answers are read; the schema's own <see cref="ExtractionSchema.Parsing"/> when <see langword="null"/>.</summary>
    public ParseOptions? Parsing { get; init; }
}
