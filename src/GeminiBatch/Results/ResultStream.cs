using System.Text;

namespace GeminiBatch;

/// <summary>Reads ended documents from the ledger as results. The typed value is read from the raw answer; nothing typed is stored.</summary>
internal sealed class ResultStream(ExtractionEngine engine, long run, ParseOptions? parsing)
{
    private const int PageSize = 512;
    private const int PlanPageSize = 2_048;
    private readonly Dictionary<(long Chunk, int Ordinal), ReadOnlyMemory<byte>> _scattered = [];
    private readonly ChunkCache _chunks = new(engine.Ledger);
    private long _sequence;
    private long _item;

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

    public ExtractionResult Read(StoredOutcome outcome)
    {
        var row = RowOf(outcome);
        var recipe = engine.Recipes.Get(outcome.Recipe);
        var reading = row is { AnswerText.Length: > 0 } ? OutcomeReader.Parse(recipe.Reader, row, parsing) : null;
        return new()
        {
            DocumentId = outcome.Document,
            Key = outcome.Key.ToString(),
            CanonicalJson = reading?.CanonicalJson ?? default,
            Repairs = reading?.Repairs ?? [],
            Failure = Failure(outcome, row, reading?.Succeeded ?? false, reading?.Errors ?? []),
            Usage = row?.Usage,
            ModelVersion = row?.ModelVersion,
            Grounding = row?.Grounding,
            IsCached = outcome.IsCached,
            Cost = outcome.IsCached ? 0m : outcome.Cost is { } cost ? Money.ToDollars(cost) : null,
            Notes = Notes(outcome, row, recipe),
            Metadata = MetadataJson.Read(outcome.MetadataJson),
            Attempts = outcome.Attempts,
            RawAnswer = RawAnswer(row),
        };
    }

    public ExtractionResult<T> Read<T>(StoredOutcome outcome, ExtractionSchema<T> schema)
    {
        var row = RowOf(outcome);
        var recipe = engine.Recipes.Get(outcome.Recipe);
        var parsed = row is { AnswerText.Length: > 0 } ? schema.Parse(row.AnswerText, parsing) : null;
        var failure = Failure(outcome, row, parsed?.Succeeded ?? false, parsed?.Errors ?? []);
        return new()
        {
            DocumentId = outcome.Document,
            Key = outcome.Key.ToString(),
            Value = failure is null ? parsed!.Value : default,
            CanonicalSource = row is null ? null : () => schema.Read(Encoding.UTF8.GetBytes(row.AnswerText), parsing).CanonicalJson,
            Repairs = parsed?.Repairs ?? [],
            Failure = failure,
            Usage = row?.Usage,
            ModelVersion = row?.ModelVersion,
            Grounding = row?.Grounding,
            IsCached = outcome.IsCached,
            Cost = outcome.IsCached ? 0m : outcome.Cost is { } cost ? Money.ToDollars(cost) : null,
            Notes = Notes(outcome, row, recipe),
            Metadata = MetadataJson.Read(outcome.MetadataJson),
            Attempts = outcome.Attempts,
            RawAnswer = RawAnswer(row),
        };
    }

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
