using System.Buffers;
using System.Globalization;

namespace GeminiBatch;

/// <summary>Opens a run, new or known, and refuses it where going on would mix worlds or cost money unasked.</summary>
internal sealed class RunOpening(ExtractionEngine engine)
{
    private static readonly SearchValues<char> s_modelCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._/@");

    public async ValueTask<OpenedRun> OpenAsync(string name, ExtractionSchema schema, ExtractionRequest request, CancellationToken cancellationToken)
    {
        Check(name, request);
        await KeyRotation.FollowAsync(engine, name, cancellationToken).ConfigureAwait(false);
        return await engine.Ledger.WriteAsync(connection => Open(connection, name, schema, request), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same as part of a transaction: decided again where the run is taken, because another program may have changed or removed it since.</summary>
    public OpenedRun Open(LedgerConnection connection, string name, ExtractionSchema schema, ExtractionRequest request)
    {
        var asked = Recipe.Of(request, schema, engine.Backend.DefaultModel);
        LedgerRuns.AddSchema(connection, SchemaRendering.Of(schema));
        if (LedgerRuns.Find(connection, name) is { } known)
        {
            Bind(connection, known);
            return Reopen(connection, known, request.Model is null ? asked with { Model = LedgerRuns.Recipe(connection, known.Recipe).Recipe.Model } : asked, request.OnRecipeChange);
        }

        RetiredModels.Refuse(engine, name, asked.Model);
        var stored = LedgerRuns.AddRecipe(connection, asked.FittedTo(engine.Catalogue));
        return new OpenedRun(LedgerRuns.Insert(connection, name, stored.Id, engine.Backend.Identity, engine.Time.GetUtcNow()), name, stored, asked);
    }

    /// <summary>Opens a run from the ledger alone.</summary>
    public OpenedRun Resume(string name)
    {
        var run = engine.Ledger.Read(connection => LedgerRuns.Find(connection, name))
            ?? throw NotFound(engine.Ledger, name);
        return engine.Ledger.Read(connection =>
        {
            var stored = LedgerRuns.Recipe(connection, run.Recipe);
            return new OpenedRun(run.Id, name, stored, AskedFirst(connection, run, stored));
        });
    }

    public static RunRefusedException NotFound(LedgerDatabase ledger, string name) =>
        new(name, RunRefusal.NotFound, $"The ledger '{ledger.Path}' has no run '{name}'. List its runs to see their names.");

    /// <summary>Keeps a run with the account that has its files and jobs; one that has none yet goes to whoever opens it, unless a program is about to send with its own.</summary>
    public void Bind(LedgerConnection connection, RunRecord run)
    {
        var identity = engine.Backend.Identity;
        if (run.Backend != identity && run.Cached == 0 && !LedgerRuns.HasRemoteTrace(connection, run.Id) && !RunLease.IsHeld(connection, engine.Time, run.Id))
        {
            LedgerRuns.SetBackend(connection, run.Id, identity);
            return;
        }

        RequireSameBackend(run, identity);
    }

    public static void RequireSameBackend(RunRecord run, BackendIdentity identity)
    {
        if (run.Backend == identity)
        {
            return;
        }

        throw new RunRefusedException(
            run.Name,
            RunRefusal.BackendChanged,
            $"The run '{run.Name}' belongs to {Describe(run.Backend)} and was opened with {Describe(identity)}. Jobs are visible only to the account that created them, and answers of different backends do not mix. Use the first one again, or another run name.");
    }

    public static string Describe(BackendIdentity identity) =>
        $"{identity.Kind} {identity.Account}{(identity.Location.Length == 0 ? "" : " in " + identity.Location)} at {identity.Endpoint}";

    private static void Check(string name, ExtractionRequest request)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(request);
        if (string.IsNullOrWhiteSpace(request.Prompt))
        {
            throw new ArgumentException("The request has no prompt. Say in a sentence what is to be extracted.", nameof(request));
        }

        if (request.Model is { } model)
        {
            RequireModelName(model);
        }

        Check(new RunBounds { MaxCost = request.MaxCost, MaxAttempts = request.MaxAttempts });
    }

    public static void Check(RunBounds bounds)
    {
        ArgumentNullException.ThrowIfNull(bounds);
        if (bounds.MaxAttempts is < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(bounds), bounds.MaxAttempts, "A row is sent once at least: MaxAttempts is 1 or more.");
        }

        if (bounds.MaxCost is < 0 or > Money.MostDollars)
        {
            throw new ArgumentOutOfRangeException(nameof(bounds), bounds.MaxCost, "The cap is an amount of US dollars up to 9,000,000, or null for none.");
        }
    }

    /// <summary>Refuses what can be no model's name before anything is planned for it.</summary>
    public static void RequireModelName(string model)
    {
        if (model.Length == 0 || model.AsSpan().IndexOfAnyExcept(s_modelCharacters) >= 0 || model.Contains("..", StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{model}' is no model's name. Names are like '{GeminiModels.Flash35Lite}': see {nameof(GeminiModels)}.", nameof(model));
        }
    }

    // The catalogue's choices may change with a release; what the run was planned with stays.
    private OpenedRun Reopen(LedgerConnection connection, RunRecord run, Recipe asked, RecipeChange onChange)
    {
        var stored = LedgerRuns.Recipe(connection, run.Recipe);
        var askedFirst = AskedFirst(connection, run, stored);
        var fitted = RecipeFits.Find(connection, run.Id, asked)?.Recipe ?? asked.FittedTo(engine.Catalogue, askedFirst, stored.Recipe);
        if (stored.Fingerprint.AsSpan().SequenceEqual(Recipe.FingerprintOf(fitted.ToCanonicalJson())))
        {
            return new(run.Id, run.Name, stored, asked);
        }

        return onChange switch
        {
            RecipeChange.Keep => new(run.Id, run.Name, stored, askedFirst),
            RecipeChange.ExtractAgain => new(run.Id, run.Name, LedgerRuns.AddRecipe(connection, fitted), asked),
            _ when run.Items == 0 => new(run.Id, run.Name, LedgerRuns.AddRecipe(connection, fitted), asked),
            _ => throw Changed(connection, run, stored.Recipe, fitted),
        };
    }

    // An older ledger does not say whether thinking was asked for or added: it is taken as added, and so kept where it is not asked for.
    private static Recipe AskedFirst(LedgerConnection connection, RunRecord run, StoredRecipe stored) => LedgerRuns.Asked(connection, run.Id) ?? stored.Recipe.WithThinking(null);

    private RunRefusedException Changed(LedgerConnection connection, RunRecord run, Recipe stored, Recipe asked)
    {
        var differences = RecipeDifference.Between(stored, asked);
        var tokens = connection.Number("SELECT coalesce(sum(tokens), 0) FROM rows WHERE run = $1 AND items > 0", run.Id)!.Value;
        var rows = connection.Number("SELECT count(*) FROM rows WHERE run = $1 AND items > 0", run.Id)!.Value;
        var cost = engine.Catalogue.EstimateCost(asked.Model, tokens, rows * new CostEstimate(engine.Catalogue, engine.Time, asked, run.Backend.Kind).OutputPerRow(run), DateOnly.FromDateTime(engine.Time.GetUtcNow().UtcDateTime), batch: true, rows: Math.Max(1, rows));
        var price = cost is { } dollars ? string.Create(CultureInfo.InvariantCulture, $"an estimated ${dollars:0.00##}") : "an unknown price";
        return new(
            run.Name,
            RunRefusal.RecipeChanged,
            string.Create(CultureInfo.InvariantCulture, $"The run '{run.Name}' was planned with another recipe. {string.Join("; ", differences)}. Extracting again would send {rows} rows for {price}. Set {nameof(ExtractionRequest.OnRecipeChange)} to {nameof(RecipeChange.Keep)} or {nameof(RecipeChange.ExtractAgain)}, or use another run name."))
        {
            Differences = differences,
            Rows = rows,
            EstimatedCost = cost,
        };
    }
}
