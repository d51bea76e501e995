namespace GeminiBatch;

/// <summary>How many jobs, and how many tokens in them, the account allows at a time, shared fairly with the ledger's other runs that want to send.</summary>
internal static class JobQuota
{
    private const string OfAccount =
        "r.backend_kind = $1 AND r.backend_account = $2 AND r.backend_location = $3 AND r.backend_endpoint = $4";

    /// <summary>How many jobs this run may keep at a time.</summary>
    public static int Share(RunContext context)
    {
        var most = Math.Max(1, context.Options.MaxConcurrentJobs ?? context.Backend.Limits.MaxConcurrentJobs);
        if (most == int.MaxValue)
        {
            return most;
        }

        var others = context.Ledger.Read(connection => Number(
            connection,
            context,
            $"SELECT count(*) FROM runs r WHERE {OfAccount} AND r.id <> $5 AND r.owner_until > $6 AND EXISTS (SELECT 1 FROM shards s WHERE s.run = r.id AND s.state < 2)"));
        return (int)Math.Max(1, (most + others) / (others + 1));
    }

    /// <summary>Whether the account has room for one more job beside this run's own and those of runs that a program drives now. What nobody watches may have ended long ago.</summary>
    public static bool HasRoom(LedgerConnection connection, RunContext context, long own)
    {
        var most = context.Options.MaxConcurrentJobs ?? context.Backend.Limits.MaxConcurrentJobs;
        return most == int.MaxValue || own + Number(
            connection,
            context,
            $"SELECT count(*) FROM jobs j JOIN runs r ON r.id = j.run WHERE {OfAccount} AND r.id <> $5 AND r.owner_until > $6 AND j.state IN (0, 1, 3)") < most;
    }

    /// <summary>The most input tokens that may be enqueued for a model at a time; <see langword="null"/> when nothing is known.</summary>
    public static long? MostTokens(ExtractionEngine engine, string model) =>
        engine.Options.Tier is { } tier && QuotaOf(engine, model) is { } quota
            ? tier switch { 1 => quota.Tier1, 2 => quota.Tier2, _ => quota.Tier3 }
            : null;

    /// <summary>Whether a shard's tokens fit beside those of the account's jobs of the same class of models.</summary>
    public static bool HasRoom(LedgerConnection connection, RunContext context, ShardRecord shard)
    {
        if (MostTokens(context.Engine, shard.Model) is not { } most)
        {
            return true;
        }

        var models = QuotaOf(context.Engine, shard.Model)!.Models;
        var enqueued = 0L;
        foreach (var (model, tokens) in connection.List(
            $"SELECT s.model, sum(s.tokens) FROM shards s JOIN runs r ON r.id = s.run WHERE {OfAccount} AND (r.id = $5 OR r.owner_until > $6) AND s.state = 2 GROUP BY s.model",
            static reader => (reader.GetString(0), reader.GetInt64(1)), [.. Identity(context), context.RunId, context.NowMilliseconds]))
        {
            enqueued += models.Contains(model) ? tokens : 0;
        }

        return enqueued == 0 || enqueued + shard.Tokens <= most;
    }

    private static GeminiTokenQuota? QuotaOf(ExtractionEngine engine, string model) =>
        BackendFacts(engine)?.EnqueuedTokens.FirstOrDefault(quota => quota.Models.Contains(model));

    /// <summary>What the catalogue says of the backend; <see langword="null"/> for one of the user's own.</summary>
    public static GeminiBackendFacts? BackendFacts(ExtractionEngine engine) =>
        engine.Backend.Identity.Kind is "developer" or "vertex" ? engine.Catalogue.Backend(engine.Backend.Identity.Kind) : null;

    private static long Number(LedgerConnection connection, RunContext context, string sql) =>
        connection.Number(sql, [.. Identity(context), context.RunId, context.NowMilliseconds])!.Value;

    private static object?[] Identity(RunContext context) =>
        [context.Backend.Identity.Kind, context.Backend.Identity.Account, context.Backend.Identity.Location, context.Backend.Identity.Endpoint];
}
