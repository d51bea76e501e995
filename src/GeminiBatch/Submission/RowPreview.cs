using System.Buffers;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Which shards the planned rows of a run make, within the limits of backend and options.</summary>
internal sealed class RowPreview(ExtractionEngine engine, long run)
{
    // Room for upload addresses, which are longer than the hashes that stand for them in the spool.
    private const double FillLimit = 0.98;
    private readonly Dictionary<long, long> _overheads = [];

    public int MaxRows => Math.Max(1, engine.Options.MaxShardRows ?? engine.Backend.Limits.MaxShardRows);

    private long MaxBytes => (long)((engine.Options.MaxShardBytes ?? engine.Backend.Limits.MaxShardBytes) * FillLimit);

    /// <summary>All that is still to be sent: shards without a job, and planned rows, new ones and those to be retried apart.</summary>
    public List<PackedShard> Shards() => engine.Ledger.ReadSnapshot(connection => (List<PackedShard>)
    [
        .. LedgerShards.List(connection, run, ShardState.Packed).Concat(LedgerShards.List(connection, run, ShardState.Staged))
            .Select(static shard => new PackedShard(shard.Model, IsRetry: false, shard.Rows, shard.Bytes, shard.Tokens, shard.FirstRow, shard.LastRow)),
        .. Pack(connection, isRetry: false),
        .. Pack(connection, isRetry: true),
    ]);

    /// <summary>A few rows of one model and of one kind, to try with.</summary>
    public PackedShard Probe(LedgerConnection connection)
    {
        var isRetry = connection.Number("SELECT 1 FROM rows WHERE run = $1 AND state = 0 AND items > 0 AND attempt > 0 LIMIT 1", run) is not null;
        return Pack(connection, isRetry, TransientStorm.ProbeRows)[0] with { IsProbe = true };
    }

    public List<PackedShard> Pack(LedgerConnection connection, bool isRetry) => Pack(connection, isRetry, MaxRows);

    private List<PackedShard> Pack(LedgerConnection connection, bool isRetry, int maxRows)
    {
        var packer = new ShardPacker(MaxBytes, maxRows, isRetry, model => JobQuota.MostTokens(engine, model));
        var shards = new List<PackedShard>();
        using var reader = connection.Query(
            $"SELECT id, recipe, spool_length + {(engine.Backend.CarriesMetadata ? $"2 * coalesce(length({RowMetadata.OfFirstItem}), 0)" : "0")}, tokens FROM rows WHERE run = $1 AND state = 0 AND items > 0 AND (attempt > 0) = $2 ORDER BY id", run, isRetry ? 1 : 0);
        while (reader.Read())
        {
            var recipe = reader.GetInt64(1);
            var entry = engine.Recipes.Get(recipe);
            if (packer.Add(entry.Recipe.Model, reader.GetInt64(0), reader.GetInt64(2) + Overhead(recipe, entry), reader.GetInt64(3) + entry.Tokens) is { } full)
            {
                shards.Add(full);
                if (maxRows == TransientStorm.ProbeRows)
                {
                    return shards;
                }
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
                engine.Backend.WriteRow(writer, blank.Key, entry.Composer.Compose(blank, static _ => ""));
            }

            _overheads.Add(recipe, overhead = buffer.WrittenCount + 1);
        }

        return overhead;
    }
}
