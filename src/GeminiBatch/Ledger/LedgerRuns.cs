namespace GeminiBatch;

/// <summary>Runs, recipes and schemas in the ledger.</summary>
internal static class LedgerRuns
{
    private const string ByName = $"SELECT {RunRecord.Columns} FROM runs WHERE name = $1";
    private const string ById = $"SELECT {RunRecord.Columns} FROM runs WHERE id = $1";
    private const string All = $"SELECT {RunRecord.Columns} FROM runs ORDER BY id";

    public static RunRecord? Find(LedgerConnection connection, string name) => connection.First(ByName, RunRecord.Read, name);

    public static RunRecord? Find(LedgerConnection connection, long id) => connection.First(ById, RunRecord.Read, id);

    public static RunRecord Get(LedgerConnection connection, long id) =>
        Find(connection, id) ?? throw new InvalidOperationException($"The ledger has no run {id}.");

    public static IReadOnlyList<RunRecord> List(LedgerConnection connection) => connection.List(All, RunRecord.Read);

    public static long Insert(LedgerConnection connection, string name, long recipe, BackendIdentity backend, DateTimeOffset now)
    {
        connection.Execute(
            """
            INSERT INTO runs (id, name, recipe, max_attempts, backend_kind, backend_account, backend_location, backend_endpoint, created_at)
            VALUES ((SELECT max(coalesce((SELECT max(id) FROM runs), 0), last_run) + 1 FROM ledger), $1, $2, 1, $3, $4, $5, $6, $7)
            """,
            name, recipe, backend.Kind, backend.Account, backend.Location, backend.Endpoint, now.ToUnixTimeMilliseconds());
        var id = connection.InsertedId();

        // Names at the backend carry it: the number of a run that was deleted is not given again.
        connection.Execute("UPDATE ledger SET last_run = $1", id);
        return id;
    }

    /// <summary>Whether anything of the run is, or may be, at the backend.</summary>
    public static bool HasRemoteTrace(LedgerConnection connection, long run) => connection.Number(
        """
        SELECT 1 WHERE EXISTS (SELECT 1 FROM jobs WHERE run = $1) OR EXISTS (SELECT 1 FROM uploads WHERE run = $1)
            OR EXISTS (SELECT 1 FROM shards WHERE run = $1 AND state IN (1, 2)) OR EXISTS (SELECT 1 FROM shards WHERE run = $1 AND file IS NOT NULL)
        """,
        run) is not null;

    public static void SetBackend(LedgerConnection connection, long run, BackendIdentity backend) => connection.Execute(
        "UPDATE runs SET backend_kind = $2, backend_account = $3, backend_location = $4, backend_endpoint = $5 WHERE id = $1",
        run, backend.Kind, backend.Account, backend.Location, backend.Endpoint);

    /// <summary>What may differ from one start to the next.</summary>
    public static void Bound(LedgerConnection connection, long run, ExtractionRequest request) => connection.Execute(
        "UPDATE runs SET max_attempts = $2, max_cost = $3, parsing = $4, grounding = $5, search_consent = $6, free_searches = $7, section_merge = $8, same_model = $9 WHERE id = $1",
        run, request.MaxAttempts, Money.FromDollars(request.MaxCost), ParsingJson.Write(request.Parsing), request.RequireGrounding ? 1 : 0, request.AllowSearchCost ? 1 : 0, request.FreeSearches, (int)request.Sections, request.RequireModel ? 1 : 0);

    /// <summary>The same where only some of it changes.</summary>
    public static void Bound(LedgerConnection connection, long run, RunBounds bounds) => connection.Execute(
        "UPDATE runs SET max_cost = coalesce($2, max_cost), max_attempts = coalesce($3, max_attempts), search_consent = coalesce($4, search_consent) WHERE id = $1",
        run, Money.FromDollars(bounds.MaxCost), bounds.MaxAttempts, bounds.AllowSearchCost is { } allows ? (allows ? 1 : 0) : null);

    /// <summary>Removes the record of a run that never had a document.</summary>
    public static bool RemoveEmpty(LedgerConnection connection, long run)
    {
        var isRemoved = connection.Execute(
            """
            DELETE FROM runs WHERE id = $1 AND planned_at IS NULL AND rows = 0 AND items = 0 AND superseded = 0 AND shards = 0 AND owner IS NULL
                AND NOT EXISTS (SELECT 1 FROM skips WHERE run = $1)
            """,
            run) == 1;
        if (isRemoved)
        {
            connection.Execute("DELETE FROM fits WHERE run = $1", run);
        }

        return isRemoved;
    }

    /// <summary>Failed items by reason.</summary>
    public static SortedDictionary<string, long> Failures(LedgerConnection connection, long run)
    {
        var failures = new SortedDictionary<string, long>(StringComparer.Ordinal);
        using var reader = connection.Query("SELECT reason, sum(items) FROM rows WHERE run = $1 AND state = 4 AND items > 0 GROUP BY reason", run);
        while (reader.Read())
        {
            failures.Add(reader.GetString(0), reader.GetInt64(1));
        }

        return failures;
    }

    public static void SetRecipe(LedgerConnection connection, OpenedRun run)
    {
        connection.Execute("UPDATE runs SET recipe = $2, asked = $3 WHERE id = $1", run.Id, run.Recipe.Id, run.Asked.ToCanonicalJson());
        RecipeFits.Add(connection, run.Id, run.Asked, run.Recipe.Id);
    }

    /// <summary>What the run was asked for, before its model's facts were added; <see langword="null"/> for a run of an older ledger and for one that was never planned.</summary>
    public static Recipe? Asked(LedgerConnection connection, long run) => connection.First(
        "SELECT asked FROM runs WHERE id = $1 AND asked IS NOT NULL", static reader => GeminiBatch.Recipe.Parse(reader.GetString(0)), run);

    public static void SetPaused(LedgerConnection connection, long run, bool isPaused) => connection.Execute("UPDATE runs SET paused = $2 WHERE id = $1", run, isPaused ? 1 : 0);

    public static void SetCancelling(LedgerConnection connection, long run, bool isCancelling) => connection.Execute("UPDATE runs SET cancelling = $2 WHERE id = $1", run, isCancelling ? 1 : 0);

    /// <summary>Keeps a schema. Its form for the backend is not part of its fingerprint, and that of today counts.</summary>
    public static long AddSchema(LedgerConnection connection, SchemaRendering schema)
    {
        connection.Execute(
            "INSERT INTO schemas (fingerprint, name, descriptor, prompt_instructions, native_instructions, response_schema) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO UPDATE SET response_schema = $6 WHERE response_schema <> $6",
            schema.Fingerprint, schema.Name, schema.DescriptorJson, schema.PromptInstructions, schema.NativeInstructions, schema.ResponseSchema.ToArray());
        return connection.Number("SELECT id FROM schemas WHERE fingerprint = $1", schema.Fingerprint)!.Value;
    }

    public static SchemaRendering Schema(LedgerConnection connection, string fingerprint) => connection.First(
        "SELECT fingerprint, name, descriptor, prompt_instructions, native_instructions, response_schema FROM schemas WHERE fingerprint = $1",
        static reader => new SchemaRendering(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetFieldValue<byte[]>(5)),
        fingerprint) ?? throw new InvalidOperationException($"The ledger has no schema {fingerprint}.");

    public static StoredRecipe AddRecipe(LedgerConnection connection, Recipe recipe)
    {
        var body = recipe.ToCanonicalJson();
        var fingerprint = GeminiBatch.Recipe.FingerprintOf(body);
        var schema = connection.Number("SELECT id FROM schemas WHERE fingerprint = $1", recipe.Schema)!.Value;
        connection.Execute("INSERT INTO recipes (fingerprint, schema, model, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", fingerprint, schema, recipe.Model, body);
        return new(connection.Number("SELECT id FROM recipes WHERE fingerprint = $1", fingerprint)!.Value, fingerprint, recipe);
    }

    public static StoredRecipe Recipe(LedgerConnection connection, long id) => connection.First(
        "SELECT id, fingerprint, body FROM recipes WHERE id = $1",
        static reader => new StoredRecipe(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), GeminiBatch.Recipe.Parse(reader.GetString(2))),
        id) ?? throw new InvalidOperationException($"The ledger has no recipe {id}.");
}
