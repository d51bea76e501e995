namespace GeminiBatch;

/// <summary>Ends rows without success, or gives them back to packing, with the run's counts in the same transaction.</summary>
internal sealed class RowSettlement(LedgerConnection connection, RunContext context)
{
    private long _sequence = connection.Number("SELECT settled_sequence FROM runs WHERE id = $1", context.RunId)!.Value;
    private long _failedItems;

    public long FailedRows { get; private set; }

    public long RetriedRows { get; private set; }

    /// <summary>Ends every undecided row of a shard that has no job and will get none.</summary>
    public static void FailShard(LedgerConnection connection, RunContext context, ShardRecord shard, string reason)
    {
        var settlement = new RowSettlement(connection, context);
        foreach (var row in Undecided(connection, shard, 0, int.MaxValue, reason))
        {
            settlement.Fail(row, reason);
        }

        settlement.WriteCounts();
        LedgerShards.Reserve(connection, LedgerShards.Get(connection, shard.Id), 0);
        LedgerShards.Move(connection, shard.Id, ShardState.Staged, ShardState.Settled);
    }

    public static List<UndecidedRow> Undecided(LedgerConnection connection, ShardRecord shard, long after, int limit, string missingReason) => connection.List(
        UndecidedRow.Query, UndecidedRow.Read, shard.FirstRow, shard.LastRow, after, shard.Id, limit, missingReason);

    public void Fail(UndecidedRow row, string reason, string? message = null)
    {
        Require(row.State, RowState.Failed);
        _sequence++;
        if (connection.Execute("UPDATE rows SET state = 4, reason = $2, settled = $3 WHERE id = $1 AND state = $4", row.Id, reason, _sequence, (int)row.State) == 1)
        {
            _failedItems += row.Items;
            FailedRows++;
        }

        if (message is not null)
        {
            connection.Execute("INSERT INTO row_errors (row, message) VALUES ($1, $2) ON CONFLICT DO UPDATE SET message = $2", row.Id, message);
        }
    }

    /// <summary>Gives a row back to packing. What this attempt brought, and what it cost, stays findable.</summary>
    public void Retry(UndecidedRow row, long shard, string reason, RowDecision decision, bool isFree)
    {
        Require(row.State, RowState.Planned);
        connection.Execute(
            "INSERT INTO attempts (row, attempt, shard, chunk, ordinal, reason, cost) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
            row.Id, row.Attempt, shard, row.Chunk, row.Ordinal, reason, row.Cost);
        RetriedRows += connection.Execute(
            """
            UPDATE rows SET state = 0, shard = NULL, chunk = NULL, ordinal = NULL, cost = NULL, reason = $2, output_budget = $3, thinking = $4, granted = granted + $5
            WHERE id = $1 AND state = $6
            """,
            row.Id, reason, decision.LargerBudget ?? row.OutputBudget, ThinkingText.Write(decision.LessThinking) ?? row.Thinking, isFree ? 1 : 0, (int)row.State);
        context.OnCommit(() => Telemetry.Retried(reason));
    }

    public void WriteCounts()
    {
        connection.Execute(
            "UPDATE runs SET failed = failed + $2, pending = pending - $2, settled_sequence = $3 WHERE id = $1", context.RunId, _failedItems, _sequence);
        var items = _failedItems;
        if (items > 0)
        {
            context.OnCommit(() => Telemetry.EndedItems(items, "failed"));
        }
    }

    private static void Require(RowState from, RowState to) => LedgerTransitions.Require(LedgerTransitions.IsAllowed(from, to), from, to);
}
