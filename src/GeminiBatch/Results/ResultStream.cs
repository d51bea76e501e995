using System.Text;

namespace GeminiBatch;

/// <summary>Reads ended documents from the ledger as results. The typed value is read from the raw answer; nothing typed is stored.</summary>
internal sealed class ResultStream(ExtractionEngine engine, long run, ParseOptions? parsing)
{
    private const int PageSize = 512;
    private const int PlanPageSize = 2_048;
    private readonly Dictionary<(long Chunk, int Ordinal), ReadOnlyMemory<byte>> _scattered = [];
    private readonly ChunkCache _chunks = new(engine.Ledger);
    private SectionMerge? _merge;
    private long _sequence;
    private long _item;

    private SectionMerge Merge => _merge ??= (SectionMerge)engine.Ledger.Read(connection => connection.Number("SELECT section_merge FROM runs WHERE id = $1", run)!.Value);

    /// <summary>The next documents in the order in which they ended; empty when there are none yet.</summary>
    public IReadOnlyList<StoredOutcome> NextByArrival()
    {
        var page = engine.Ledger.Read(connection => connection.List(StoredOutcome.ByArrival, StoredOutcome.Read, run, _sequence, _item, PageSize));
        if (page.Count > 0)
        {
            (_sequence, _item) = (page[^1].Sequence, page[^1].Item);
        }

        return page;
    }

    /// <summary>The next ended documents in plan order. Their raw rows lie scattered over chunks, so each chunk is read once for the page.</summary>
    public IReadOnlyList<StoredOutcome> NextByPlan()
    {
        var page = engine.Ledger.Read(connection => connection.List(StoredOutcome.ByPlan, StoredOutcome.Read, run, _item, PlanPageSize));
        _item = page.Count > 0 ? page[^1].Item : _item;
        _scattered.Clear();
        foreach (var outcome in page.Where(static outcome => outcome.Chunk is not null).OrderBy(static outcome => outcome.Chunk))
        {
            _scattered[(outcome.Chunk!.Value, outcome.Ordinal)] = _chunks.Row(outcome.Chunk.Value, outcome.Ordinal).ToArray();
        }

        return page;
    }

    /// <summary>
    /// The outcome as it is told: itself, or all sections of its document together with the one that comes last (first, in plan order); <see langword="null"/> with
    /// the others, and as long as sections are pending.
    /// </summary>
    public StoredOutcome? Whole(StoredOutcome outcome, bool isByPlan = false)
    {
        if (outcome.Section is not { } section || Merge == SectionMerge.Separate)
        {
            return outcome;
        }

        var ended = outcome.IsOutdated ? [] : engine.Ledger.Read(connection => connection.List(StoredOutcome.OfSections, StoredOutcome.Read, run, section.DocumentId));
        if (ended.Count == 0 || ended.Count < section.Count)
        {
            return null;
        }

        var told = isByPlan ? ended.MinBy(static other => other.Item)! : ended.MaxBy(static other => (other.Sequence, other.Item))!;
        return told.Item == outcome.Item ? outcome with { Sections = ended } : null;
    }

    public ExtractionResult Read(StoredOutcome outcome) => outcome.Sections.Count > 0 ? ReadSections(outcome) : ReadOne(outcome);

    public ExtractionResult<T> Read<T>(StoredOutcome outcome, ExtractionSchema<T> schema) => outcome.Sections.Count > 0 ? ReadSections(outcome, schema) : ReadOne(outcome, schema);

    private ExtractionResult ReadOne(StoredOutcome outcome)
    {
        var (told, row, recipe) = Told(outcome);
        var reading = row is { AnswerText.Length: > 0 } ? OutcomeReader.Parse(recipe.Reader, row, parsing) : null;
        return new(told)
        {
            CanonicalJson = reading?.CanonicalJson ?? default,
            Repairs = reading?.Repairs ?? [],
            Failure = Failure(outcome, row, reading?.Succeeded ?? false, reading?.Errors ?? []),
        };
    }

    private ExtractionResult<T> ReadOne<T>(StoredOutcome outcome, ExtractionSchema<T> schema)
    {
        var (told, row, _) = Told(outcome);
        var parsed = row is { AnswerText.Length: > 0 } ? schema.Parse(row.AnswerText, parsing) : null;
        var failure = Failure(outcome, row, parsed?.Succeeded ?? false, parsed?.Errors ?? []);
        return new(told)
        {
            Value = failure is null ? parsed!.Value : default,
            CanonicalSource = row is null ? null : () => schema.Read(Encoding.UTF8.GetBytes(row.AnswerText), parsing).CanonicalJson,
            Repairs = parsed?.Repairs ?? [],
            Failure = failure,
        };
    }

    private (ExtractionResult Told, ResultRow? Row, RecipeEntry Recipe) Told(StoredOutcome outcome)
    {
        var row = RowOf(outcome);
        var recipe = engine.Recipes.Get(outcome.Recipe);
        var told = new ExtractionResult
        {
            DocumentId = outcome.Document,
            Key = outcome.Key.ToString(),
            Usage = row?.Usage,
            ModelVersion = row?.ModelVersion,
            Grounding = row?.Grounding,
            IsCached = outcome.IsCached,
            Cost = outcome.IsCached ? 0m : outcome.Cost is { } cost ? Money.ToDollars(cost) : null,
            Notes = Notes(outcome, row, recipe),
            Metadata = MetadataJson.Read(outcome.MetadataJson),
            Attempts = outcome.Attempts,
            RawAnswer = RawAnswer(row),
            Sections = outcome.Section is { } section ? [section] : [],
        };
        return (told, row, recipe);
    }

    private ExtractionResult ReadSections(StoredOutcome outcome)
    {
        var reader = engine.Recipes.Get(outcome.Recipe).Reader;
        var answer = Sectioned(outcome, reader);
        var reading = answer.Failure is null ? reader.Read(answer.Json.Span, parsing) : null;
        return new(Told(answer))
        {
            CanonicalJson = answer.Json,
            Repairs = answer.Repairs,
            Failure = answer.Failure ?? (reading!.Succeeded ? null : SectionedAnswer.Misfit(reading.Errors)),
        };
    }

    private ExtractionResult<T> ReadSections<T>(StoredOutcome outcome, ExtractionSchema<T> schema)
    {
        var answer = Sectioned(outcome, schema);
        var parsed = answer.Failure is null ? schema.Parse(answer.Json.Span, parsing) : null;
        var failure = answer.Failure ?? (parsed!.Succeeded ? null : SectionedAnswer.Misfit(parsed.Errors));
        return new(Told(answer))
        {
            Value = failure is null ? parsed!.Value : default,
            CanonicalSource = () => answer.Json,
            Repairs = answer.Repairs,
            Failure = failure,
        };
    }

    private static ExtractionResult Told(SectionedAnswer answer) => new()
    {
        DocumentId = answer.DocumentId,
        Key = answer.Parts[0].Key,
        Usage = answer.Usage,
        ModelVersion = answer.Parts[0].ModelVersion,
        Grounding = answer.Parts[0].Grounding,
        IsCached = answer.Parts.All(static part => part.IsCached),
        Cost = answer.Cost,
        Notes = answer.Notes,
        Metadata = answer.Parts[0].Metadata,
        Attempts = answer.Parts.Max(static part => part.Attempts),
        Sections = answer.Sections,
    };

    private SectionedAnswer Sectioned(StoredOutcome outcome, ExtractionSchema schema) => SectionedAnswer.Of([.. outcome.Sections.Select(ReadOne)], Merge, schema.Descriptor);

    private static string? RawAnswer(ResultRow? row) => row is { AnswerText.Length: > 0 } ? row.AnswerText : null;

    // The outcome was decided at collection. Read with another schema or a later parser, an answer may fit no more: that is told, not hidden.
    private static ExtractionFailure? Failure(StoredOutcome outcome, ResultRow? row, bool fits, IReadOnlyList<AnswerError> errors) => outcome.State switch
    {
        RowState.Succeeded when fits => null,
        RowState.Succeeded => FailureText.Of(outcome with { Reason = RowReasons.SchemaMisfit }, row, errors),
        _ => FailureText.Of(outcome, row, errors),
    };

    private static List<string> Notes(StoredOutcome outcome, ResultRow? row, RecipeEntry recipe)
    {
        var notes = new List<string>();
        if (row?.ModelVersion is { Length: > 0 } answered && !GeminiCatalogue.IsSameModel(recipe.Recipe.Model, answered))
        {
            notes.Add($"'{answered}' answered, '{recipe.Recipe.Model}' was asked.");
        }

        // A configured tool alone does not make a model search.
        if (row is { Outcome.IsAnswer: true, Grounding: not { IsGrounded: true } } && OutcomeReader.CouldSearch(recipe))
        {
            notes.Add("The model could search, and the answer shows no search and no source.");
        }

        if (outcome.IsOutdated)
        {
            notes.Add("The document or the recipe has changed since; the new row has no answer yet.");
        }

        return notes;
    }

    private ResultRow? RowOf(StoredOutcome outcome)
    {
        if (outcome.Chunk is not { } chunk)
        {
            return null;
        }

        var row = ResultRowReader.Read(_scattered.TryGetValue((chunk, outcome.Ordinal), out var line) ? line : _chunks.Row(chunk, outcome.Ordinal));
        return row.Key is { } key && key != outcome.Key.ToString()
            ? throw new LedgerException(engine.Ledger.Path, LedgerProblem.Corrupt, $"The ledger '{engine.Ledger.Path}' has the answer of row {key} where that of row {outcome.Key} should be. Restore it from a copy.")
            : row;
    }
}
