namespace GeminiBatch;

/// <summary>Shards in the ledger; every change of state is a compare-and-set.</summary>
internal static class LedgerShards
{
    private const string ByState = $"SELECT {ShardRecord.Columns} FROM shards WHERE run = $1 AND state = $2 AND state < 3 ORDER BY number";
    private const string ById = $"SELECT {ShardRecord.Columns} FROM shards WHERE id = $1";

    public static IReadOnlyList<ShardRecord> List(LedgerConnection connection, long run, ShardState state) => connection.List(ByState, ShardRecord.Read, run, (int)state);

    public static ShardRecord Get(LedgerConnection connection, long id) =>
        connection.First(ById, ShardRecord.Read, id) ?? throw new InvalidOperationException($"The ledger has no shard {id}.");

    public static bool HasOpen(LedgerConnection connection, long run) => connection.Number("SELECT 1 FROM shards WHERE run = $1 AND state < 3 LIMIT 1", run) is not null;

    /// <summary>Makes a shard of planned rows: all of one model between two row ids that are planned and wanted.</summary>
    public static long Insert(LedgerConnection connection, long run, PackedShard shard)
    {
        var number = connection.Number("UPDATE runs SET shards = shards + 1 WHERE id = $1 RETURNING shards", run)!.Value;
        connection.Execute(
            "INSERT INTO shards (run, number, model, rows, bytes, first_row, last_row, tokens, probe) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            run, number, shard.Model, shard.Rows, shard.Bytes, shard.FirstRow, shard.LastRow, shard.Tokens, shard.IsProbe ? 1 : 0);
        var id = connection.InsertedId();
        LedgerTransitions.Require(LedgerTransitions.IsAllowed(RowState.Planned, RowState.InFlight), RowState.Planned, RowState.InFlight);
        var changed = connection.Execute(
            """
            UPDATE rows SET state = 1, shard = $1, attempt = attempt + 1, chunk = NULL, ordinal = NULL, reason = NULL, advice = NULL, repairs = 0
            WHERE run = $2 AND id BETWEEN $3 AND $4 AND state = 0 AND items > 0 AND (attempt > 0) = $6 AND recipe IN (SELECT id FROM recipes WHERE model = $5)
            """,
            id, run, shard.FirstRow, shard.LastRow, shard.Model, shard.IsRetry ? 1 : 0);
        if (changed != shard.Rows)
        {
            throw new InvalidOperationException($"Shard {number} was packed with {shard.Rows} rows and {changed} of them were there.");
        }

        return id;
    }

    /// <summary>Makes two shards of one: its first undecided rows, as many as told, and the others.</summary>
    public static void Split(LedgerConnection connection, ShardRecord shard, long firstRows, bool isProbe)
    {
        var ids = connection.List("SELECT id FROM rows WHERE id BETWEEN $1 AND $2 AND shard = $3 AND state = 1 ORDER BY id", static reader => reader.GetInt64(0), shard.FirstRow, shard.LastRow, shard.Id);
        var cut = (int)Math.Clamp(firstRows, 1, ids.Count);
        Part(connection, shard, ids[..cut], ids.Count, isProbe);
        if (cut < ids.Count)
        {
            Part(connection, shard, ids[cut..], ids.Count, isProbe: false);
        }

        Reserve(connection, Get(connection, shard.Id), 0);
        Move(connection, shard.Id, shard.State, ShardState.Settled);
    }

    public static bool Move(LedgerConnection connection, long shard, ShardState from, ShardState to)
    {
        LedgerTransitions.Require(LedgerTransitions.IsAllowed(from, to), from, to);
        return connection.Execute("UPDATE shards SET state = $3, due_at = NULL, errors = 0 WHERE id = $1 AND state = $2", shard, (int)from, (int)to) == 1;
    }

    private static void Part(LedgerConnection connection, ShardRecord shard, List<long> rows, long of, bool isProbe)
    {
        var number = connection.Number("UPDATE runs SET shards = shards + 1 WHERE id = $1 RETURNING shards", shard.Run)!.Value;
        connection.Execute(
            "INSERT INTO shards (run, number, model, rows, bytes, first_row, last_row, tokens, parent, probe) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            shard.Run, number, shard.Model, rows.Count, shard.Bytes * rows.Count / of, rows[0], rows[^1], shard.Tokens * rows.Count / of, shard.Id, isProbe ? 1 : 0);
        connection.Execute(
            "UPDATE rows SET shard = $1 WHERE id BETWEEN $2 AND $3 AND shard = $4 AND state = 1", connection.InsertedId(), rows[0], rows[^1], shard.Id);
    }

    public static void SetFile(LedgerConnection connection, long shard, string name, long? expiresAt) => connection.Execute(
        "UPDATE shards SET file = $2, file_expires_at = $3 WHERE id = $1", shard, name, expiresAt);

    public static void Postpone(LedgerConnection connection, long shard, long dueAt, int errors) => connection.Execute(
        "UPDATE shards SET due_at = $2, errors = $3 WHERE id = $1", shard, dueAt, errors);

    /// <summary>Holds an amount back for a shard, instead of what was held back for it before.</summary>
    public static void Reserve(LedgerConnection connection, ShardRecord shard, long amount)
    {
        connection.Execute("UPDATE runs SET reserved = reserved + $2 - (SELECT reserved FROM shards WHERE id = $3) WHERE id = $1", shard.Run, amount, shard.Id);
        connection.Execute("UPDATE shards SET reserved = $2 WHERE id = $1", shard.Id, amount);
    }
}
