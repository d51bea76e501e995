namespace GeminiBatch;

/// <summary>Ends rows without success, or gives them back to packing, with the run's counts in the same transaction.</summary>
internal sealed class RowSettlement(LedgerConnection connection, RunContext context)
{
    private readonly SortedDictionary<string, long> _failures = new(StringComparer.Ordinal);
    private long _sequence = connection.Number("SELECT settled_sequence FROM runs WHERE id = $1", context.RunId)!.Value;
    private long _failedItems;

    public long FailedRows { get; private set; }

    public long RetriedRows { get; private set; }

    /// <summary>Ends every row of a shard that has no job and will get none.</summary>
    public static void FailShard(LedgerConnection connection, RunContext context, ShardRecord shard, string reason)
    {
        var settlement = new RowSettlement(connection, context);
        foreach (var row in Undecided(connection, shard, 0, int.MaxValue))
        {
            settlement.Fail(row, reason);
        }

        settlement.WriteCounts();
        LedgerShards.Move(connection, shard.Id, ShardState.Staged, ShardState.Settled);
    }

    public static List<UndecidedRow> Undecided(LedgerConnection connection, ShardRecord shard, long after, int limit) => connection.List(
        """
        SELECT id, state, items, attempt, granted, recipe, reason, advice, output_budget, chunk, ordinal FROM rows
        WHERE id BETWEEN $1 AND $2 AND id > $3 AND shard = $4 AND state IN (1, 2) ORDER BY id LIMIT $5
        """,
        UndecidedRow.Read, shard.FirstRow, shard.LastRow, after, shard.Id, limit);

    public void Fail(UndecidedRow row, string reason)
    {
        Require(row.State, RowState.Failed);
        _sequence++;
        if (connection.Execute("UPDATE rows SET state = 4, reason = $2, settled = $3 WHERE id = $1 AND state = $4", row.Id, reason, _sequence, (int)row.State) == 1)
        {
            _failedItems += row.Items;
            _failures[reason] = _failures.GetValueOrDefault(reason) + row.Items;
            FailedRows++;
        }
    }

    /// <summary>Gives a row back to packing. What this attempt brought stays findable.</summary>
    public void Retry(UndecidedRow row, long shard, string reason, int? outputBudget, bool isFree)
    {
        Require(row.State, RowState.Planned);
        connection.Execute(
            "INSERT INTO attempts (row, attempt, shard, chunk, ordinal, reason) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            row.Id, row.Attempt, shard, row.Chunk, row.Ordinal, reason);
        RetriedRows += connection.Execute(
            "UPDATE rows SET state = 0, shard = NULL, chunk = NULL, ordinal = NULL, reason = $2, output_budget = $3, granted = granted + $4 WHERE id = $1 AND state = $5",
            row.Id, reason, outputBudget, isFree ? 1 : 0, (int)row.State);
    }

    public void WriteCounts()
    {
        connection.Execute(
            "UPDATE runs SET failed = failed + $2, pending = pending - $2, settled_sequence = $3 WHERE id = $1", context.RunId, _failedItems, _sequence);
        foreach (var (reason, count) in _failures)
        {
            LedgerTallies.Add(connection, context.RunId, LedgerTallies.Failures, reason, count);
        }

        Telemetry.Items.Add(_failedItems, new KeyValuePair<string, object?>("outcome", "failed"));
    }

    private static void Require(RowState from, RowState to) => LedgerTransitions.Require(LedgerTransitions.IsAllowed(from, to), from, to);
}
