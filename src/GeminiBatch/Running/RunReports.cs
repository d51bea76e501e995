using System.Globalization;

namespace GeminiBatch;

/// <summary>Plans, summaries and overviews of a run, read from the ledger.</summary>
internal static class RunReports
{
    private const int MostSkipsListed = 1_000;

    public static RunPlan Plan(ExtractionEngine engine, OpenedRun opened, long documents)
    {
        var run = engine.Ledger.Read(connection => LedgerRuns.Get(connection, opened.Id));
        var preview = new RowPreview(engine, opened.Id).Shards();
        var estimate = new CostEstimate(engine.Catalogue, engine.Time);
        var (rows, tokens, cost) = estimate.Rest(preview, run);
        var skips = engine.Ledger.Read(connection => connection.List(
            "SELECT document, reason, message FROM skips WHERE run = $1 ORDER BY document LIMIT $2",
            static reader => new SkippedDocument(reader.GetString(0), reader.GetString(1), reader.GetString(2)), opened.Id, MostSkipsListed));
        return new()
        {
            Run = run.Name,
            Model = opened.Recipe.Recipe.Model,
            Backend = RunOpening.Describe(run.Backend),
            Documents = documents,
            Items = run.Items,
            Rows = run.Rows,
            RowsToSend = rows,
            Shards = preview.Count,
            InputTokens = tokens,
            OutputTokens = rows * CostEstimate.OutputPerRow(run),
            EstimatedCost = cost,
            CostBasis = CostBasis(engine, run),
            Warnings = Warnings(engine, opened, run, cost),
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
            Driver = RunLease.HeldBy(connection, engine.Time, run.Id),
        };
    }

    private static string CostBasis(ExtractionEngine engine, RunRecord run) => run.AnsweredRows > 0
        ? string.Create(CultureInfo.InvariantCulture, $"an estimate: four bytes a token, 258 tokens for each 100 kB of media, {CostEstimate.OutputPerRow(run)} output tokens a row as in the run's own answers; prices of {engine.Catalogue.AsOf:yyyy-MM-dd}")
        : string.Create(CultureInfo.InvariantCulture, $"{TokenEstimate.Basis}; prices of {engine.Catalogue.AsOf:yyyy-MM-dd}");

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
