namespace GeminiBatch;

/// <summary>Gives failed rows their attempts again, at the user's word.</summary>
internal static class FailedRows
{
    /// <param name="connection">The transaction.</param>
    /// <param name="run">The run.</param>
    /// <param name="paysAgain">Whether rows that the backend may have answered and billed already are among them.</param>
    public static int GiveBack(LedgerConnection connection, long run, bool paysAgain)
    {
        // A row that was neither sent nor packed failed while it was planned: its document cannot be sent as it is.
        const string Chosen = "run = $1 AND state = 4 AND items > 0 AND NOT (attempt = 0 AND shard IS NULL) AND ($2 OR reason NOT IN ('results_expired', 'job_missing'))";
        LedgerTransitions.Require(LedgerTransitions.IsAllowed(RowState.Failed, RowState.Planned), RowState.Failed, RowState.Planned);
        var all = paysAgain ? 1 : 0;
        var items = connection.Number($"SELECT coalesce(sum(items), 0) FROM rows WHERE {Chosen}", run, all)!.Value;
        connection.Execute(
            $"""
            INSERT INTO attempts (row, attempt, shard, chunk, ordinal, reason, cost)
            SELECT id, attempt, coalesce(shard, 0), chunk, ordinal, reason, cost FROM rows WHERE {Chosen} ON CONFLICT DO NOTHING
            """,
            run, all);
        connection.Execute($"DELETE FROM row_errors WHERE row IN (SELECT id FROM rows WHERE {Chosen})", run, all);
        var rows = connection.Execute(
            $"UPDATE rows SET state = 0, granted = attempt, shard = NULL, chunk = NULL, ordinal = NULL, cost = NULL, settled = NULL WHERE {Chosen}", run, all);
        connection.Execute("UPDATE runs SET failed = failed - $2, pending = pending + $2 WHERE id = $1", run, items);
        return rows;
    }
}
