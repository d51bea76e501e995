using System.Globalization;

namespace GeminiBatch;

/// <summary>Plans, summaries and overviews of a run, read from the ledger.</summary>
internal static class RunReports
{
    private const int MostSkipsListed = 1_000;
    private const decimal TokensPerPrice = 1_000_000m;

    public static RunPlan Plan(ExtractionEngine engine, OpenedRun opened, RunActivity activity)
    {
        var run = engine.Ledger.Read(connection => LedgerRuns.Get(connection, opened.Id));
        var preview = new RowPreview(engine, opened.Id).Shards();
        var estimate = new CostEstimate(engine.Catalogue, engine.Time, opened.Recipe.Recipe, run.Backend.Kind);
        var (rows, tokens, cost) = estimate.Rest(preview, run);
        var skips = engine.Ledger.Read(connection => connection.List(
            "SELECT document, reason, message FROM skips WHERE run = $1 ORDER BY document LIMIT $2",
            static reader => new SkippedDocument(reader.GetString(0), reader.GetString(1), reader.GetString(2)), opened.Id, MostSkipsListed));
        return new()
        {
            Run = run.Name,
            Model = opened.Recipe.Recipe.Model,
            Thinking = opened.Recipe.Recipe.Settings?.Thinking,
            Backend = RunOpening.Describe(run.Backend),
            Documents = activity.DocumentsRead,
            Items = run.Items,
            Rows = run.Rows,
            RowsToSend = rows,
            Shards = preview.Count,
            InputTokens = tokens,
            OutputTokens = rows * estimate.OutputPerRow(run),
            EstimatedCost = cost,
            EstimatedCostByPart = estimate.Parts(preview, run),
            SearchQueries = estimate.Queries(rows, run),
            CachedItems = run.Cached,
            CostBasis = estimate.Basis(run),
            Warnings = [.. Warnings(engine, opened, run, cost), .. Assumptions(activity)],
            Skipped = skips,
            SkippedCount = engine.Ledger.Read(connection => connection.Number("SELECT count(*) FROM skips WHERE run = $1", opened.Id)!.Value),
        };
    }

    public static RunSummary Summary(ExtractionEngine engine, long id, RunActivity activity) => engine.Ledger.ReadSnapshot(connection =>
    {
        var run = LedgerRuns.Get(connection, id);
        return new RunSummary
        {
            Run = run.Name,
            Planned = run.Items,
            Succeeded = run.Succeeded,
            Failed = run.Failed,
            Pending = run.Pending,
            JobsSubmitted = activity.JobsSubmitted,
            Rows = run.Rows,
            Usage = run.Usage,
            Cost = run.Cost,
            CostByPart = Bill(engine, connection, run),
            EstimatedCost = run.Estimated is { } estimated ? Money.ToDollars(estimated) : null,
            Cached = run.Cached,
            SearchQueries = run.Searches,
            IsPaused = run.IsPaused,
            Elapsed = activity.Elapsed,
            FailuresByReason = LedgerRuns.Failures(connection, id),
            RepairsByKind = LedgerTallies.Read(connection, id, LedgerTallies.Repairs),
            Notes = Notes(connection, id),
        };
    });

    public static RunOverview Overview(ExtractionEngine engine, LedgerConnection connection, RunRecord run)
    {
        var recipe = LedgerRuns.Recipe(connection, run.Recipe).Recipe;
        return new()
        {
            Name = run.Name,
            Model = recipe.Model,
            Schema = LedgerRuns.Schema(connection, recipe.Schema).Name,
            Backend = RunOpening.Describe(run.Backend),
            CreatedAt = run.CreatedAt,
            Planned = run.Items,
            Succeeded = run.Succeeded,
            Failed = run.Failed,
            Pending = run.Pending,
            Cost = run.Cost,
            Jobs = connection.Number("SELECT count(*) FROM jobs WHERE run = $1 AND state <> 8", run.Id)!.Value,
            IsPaused = run.IsPaused,
            Driver = RunLease.HeldBy(connection, engine.Time, run.Id),
        };
    }

    // By the price of the run's own model; documents with a model of their own make the parts unknown, never the total.
    private static RunCost? Bill(ExtractionEngine engine, LedgerConnection connection, RunRecord run)
    {
        var recipe = LedgerRuns.Recipe(connection, run.Recipe).Recipe;
        var hasOthers = connection.Number("SELECT 1 FROM shards WHERE run = $1 AND model <> $2 LIMIT 1", run.Id, recipe.Model) is not null;
        var price = engine.Catalogue.Find(recipe.Model)?.PriceOn(DateOnly.FromDateTime(engine.Time.GetUtcNow().UtcDateTime), run.Usage.InputTokens / Math.Max(1, run.AnsweredRows));
        return hasOthers ? null : new()
        {
            Input = run.Usage.InputTokens * price?.BatchInput / TokensPerPrice,
            CachedInput = run.Usage.CachedTokens * price?.BatchInput / TokensPerPrice,
            Output = run.Usage.CandidatesTokens * price?.BatchOutput / TokensPerPrice,
            Thinking = run.Usage.ThoughtsTokens * price?.BatchOutput / TokensPerPrice,
            Search = Money.ToDollars(run.SpentOnSearch),
        };
    }

    private static List<string> Warnings(ExtractionEngine engine, OpenedRun opened, RunRecord run, decimal? cost)
    {
        var warnings = new List<string>();
        var model = opened.Recipe.Recipe.Model;
        if (engine.Catalogue.Find(model) is not { } facts)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"The catalogue of {engine.Catalogue.AsOf:yyyy-MM-dd} does not know the model '{model}'."));
        }
        else if (facts.Retires is { } day)
        {
            var successor = facts.Successor is { } name ? $"; its successor is '{name}'" : "";
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"The model '{model}' retires on {day:yyyy-MM-dd}{successor}."));
        }

        warnings.AddRange(Misfits(engine.Catalogue.Find(model), opened.Recipe.Recipe));
        warnings.AddRange(engine.Ledger.Read(connection => Unusual(connection, run.Id)));
        if (cost is null)
        {
            warnings.Add("The cost is unknown: the catalogue has no price for one of the models.");
        }
        else if (run.MaxCost is { } cap && Money.ToDollars(run.Spent + run.Reserved) + cost > Money.ToDollars(cap))
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"The estimate passes the cap of ${Money.ToDollars(cap):0.00##}: the run would be refused."));
        }

        return warnings;
    }

    private static IEnumerable<string> Assumptions(RunActivity activity)
    {
        if (activity.UnmeasuredAddresses > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Addresses of unknown size: {activity.UnmeasuredAddresses}. Each is estimated as 1,000 pages, an image as 10: give what is smaller as a local file, or as an object that this login may look at, for a closer estimate.");
        }

        if (activity.UnversionedAddresses > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Objects that are asked about without their generation: {activity.UnversionedAddresses}. This login may not look at them (storage.objects.get), or could not when they were sent: it is not noticed when they change.");
        }
    }

    private static IEnumerable<string> Misfits(GeminiModelFacts? facts, Recipe recipe)
    {
        if (facts is { StructuredOutputWithTools: false } && recipe is { Tools.Count: > 0, Placement: SchemaPlacement.Prompt })
        {
            yield return $"The model '{recipe.Model}' takes no response schema beside tools: media type and schema are left out of the rows, and the prompt carries the schema.";
        }

        if (facts?.Thinking is { } thinking && recipe.Settings?.Thinking is { } asked && !thinking.Allows(asked))
        {
            var allowed = thinking.IsByLevel
                ? $"the levels {string.Join(", ", thinking.Levels.Select(static level => level.ToString().ToUpperInvariant()))}"
                : string.Create(CultureInfo.InvariantCulture, $"budgets of {thinking.MinimumBudget} to {thinking.MaximumBudget}{(thinking.CanBeOff ? ", 0 for none" : "")}{(thinking.AllowsAutomaticBudget ? ", -1 for its own choice" : "")}");
            yield return $"The model '{recipe.Model}' does not take the thinking that is asked for, and would refuse every row: it takes {allowed}.";
        }
    }

    private static List<string> Unusual(LedgerConnection connection, long run)
    {
        var unusual = connection.List(
            "SELECT count(DISTINCT whole), count(*) FROM items WHERE run = $1 AND whole IS NOT NULL AND superseded = 0 HAVING count(*) > 0",
            static reader => string.Create(CultureInfo.InvariantCulture, $"Documents over a limit, asked about in sections: {reader.GetInt64(0)} in {reader.GetInt64(1)} sections, each of which is counted and paid for as one."),
            run);
        unusual.AddRange(connection.List(
            "SELECT reason, sum(items) FROM rows WHERE run = $1 AND state = 4 AND items > 0 AND attempt = 0 AND shard IS NULL GROUP BY reason",
            static reader => string.Create(CultureInfo.InvariantCulture, $"Documents that cannot be sent and count as failed ({reader.GetString(0)}): {reader.GetInt64(1)}."),
            run));
        return unusual;
    }

    private static List<string> Notes(LedgerConnection connection, long id)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, count) in LedgerTallies.Read(connection, id, LedgerTallies.Notes))
        {
            counts[name] = count;
        }

        using (var reader = connection.Query("SELECT coalesce(sum(unknown_keys), 0), coalesce(sum(duplicate_keys), 0), coalesce(sum(missing_keys), 0) FROM jobs WHERE run = $1", id))
        {
            reader.Read();
            counts[RunNotes.UnknownKeys] = reader.GetInt64(0);
            counts[RunNotes.DuplicateKeys] = reader.GetInt64(1);
            counts[RunNotes.MissingKeys] = reader.GetInt64(2);
        }

        counts[RunNotes.LostJobs] = connection.Number("SELECT count(*) FROM jobs WHERE run = $1 AND state = 7", id)!.Value;
        return [.. counts.Where(static entry => entry.Value > 0).Select(static entry => RunNotes.Describe(entry.Key, entry.Value))];
    }
}
