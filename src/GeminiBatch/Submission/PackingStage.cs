using System.Buffers;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Planned rows become shards: new rows at once, rows to be retried when a shard is full of them or nothing else is under way.</summary>
internal sealed class PackingStage(RunContext context) : IRunStage
{
    // Room for upload addresses, which are longer than the hashes that stand for them in the spool.
    private const double FillLimit = 0.98;
    private readonly Dictionary<long, long> _overheads = [];

    public RunPhase Phase => RunPhase.Submitting;

    private long MaxBytes => (long)((context.Options.MaxShardBytes ?? context.Backend.Limits.MaxShardBytes) * FillLimit);

    private int MaxRows => Math.Max(1, context.Options.MaxShardRows ?? context.Backend.Limits.MaxShardRows);

    /// <summary>The shards that the planned rows would make now.</summary>
    public IReadOnlyList<PackedShard> Preview() => context.Ledger.Read(connection => (List<PackedShard>)[.. Pack(connection, isRetry: false), .. Pack(connection, isRetry: true)]);

    public async ValueTask<StageStep> StepAsync(CancellationToken cancellationToken)
    {
        if (context.ReadRun().IsCancelling)
        {
            return StageStep.Idle;
        }

        var (hasNew, retries, hasOpen) = context.Ledger.Read(connection => (
            Waiting(connection, isRetry: false, limit: 1) > 0, Waiting(connection, isRetry: true, limit: MaxRows), LedgerShards.HasOpen(connection, context.RunId)));
        var packsRetries = retries > 0 && (retries >= MaxRows || !(hasOpen || hasNew));
        if (!hasNew && !packsRetries)
        {
            return StageStep.Idle;
        }

        await context.WriteAsync(
            "pack",
            connection =>
            {
                foreach (var shard in Pack(connection, isRetry: !hasNew))
                {
                    LedgerShards.Insert(connection, context.RunId, shard);
                }
            },
            cancellationToken).ConfigureAwait(false);
        return StageStep.Done;
    }

    private long Waiting(LedgerConnection connection, bool isRetry, int limit) => connection.Number(
        "SELECT count(*) FROM (SELECT 1 FROM rows WHERE run = $1 AND state = 0 AND items > 0 AND (attempt > 0) = $2 LIMIT $3)", context.RunId, isRetry ? 1 : 0, limit)!.Value;

    private List<PackedShard> Pack(LedgerConnection connection, bool isRetry)
    {
        var packer = new ShardPacker(MaxBytes, MaxRows, isRetry);
        var shards = new List<PackedShard>();
        using var reader = connection.Query(
            "SELECT id, recipe, spool_length, tokens FROM rows WHERE run = $1 AND state = 0 AND items > 0 AND (attempt > 0) = $2 ORDER BY id", context.RunId, isRetry ? 1 : 0);
        while (reader.Read())
        {
            var recipe = reader.GetInt64(1);
            var entry = context.Recipes.Get(recipe);
            if (packer.Add(entry.Recipe.Model, reader.GetInt64(0), reader.GetInt64(2) + Overhead(recipe, entry), reader.GetInt64(3) + TokenEstimate.OfRecipe(entry)) is { } full)
            {
                shards.Add(full);
            }
        }

        shards.AddRange(packer.Finish());
        return shards;
    }

    // What a row has on the wire besides its document: the row without content as the backend writes it.
    private long Overhead(long recipe, RecipeEntry entry)
    {
        if (!_overheads.TryGetValue(recipe, out var overhead))
        {
            var buffer = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(buffer, SpoolRow.WriterOptions))
            {
                var blank = new SpoolRow(new string('a', RowKey.TextLength), [new SpoolPart.Text(default)], null);
                context.Backend.WriteRow(writer, blank.Key, entry.Composer.Compose(blank, static _ => ""));
            }

            _overheads.Add(recipe, overhead = buffer.WrittenCount + 1);
        }

        return overhead;
    }
}
