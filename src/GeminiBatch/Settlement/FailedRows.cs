namespace GeminiBatch;

/// <summary>Gives failed rows their attempts again, at the user's word.</summary>
internal static class FailedRows
{
    public static int GiveBack(LedgerConnection connection, long run)
    {
        LedgerTransitions.Require(LedgerTransitions.IsAllowed(RowState.Failed, RowState.Planned), RowState.Failed, RowState.Planned);
        var items = connection.Number("SELECT coalesce(sum(items), 0) FROM rows WHERE run = $1 AND state = 4 AND items > 0", run)!.Value;
        connection.Execute(
            """
            INSERT INTO attempts (row, attempt, shard, chunk, ordinal, reason)
            SELECT id, attempt, coalesce(shard, 0), chunk, ordinal, reason FROM rows WHERE run = $1 AND state = 4 AND items > 0 ON CONFLICT DO NOTHING
            """,
            run);
        var rows = connection.Execute(
            "UPDATE rows SET state = 0, granted = attempt, shard = NULL, chunk = NULL, ordinal = NULL, settled = NULL WHERE run = $1 AND state = 4 AND items > 0", run);
        connection.Execute("UPDATE runs SET failed = failed - $2, pending = pending + $2 WHERE id = $1", run, items);
        connection.Execute("DELETE FROM tallies WHERE run = $1 AND subject = $2", run, LedgerTallies.Failures);
        return rows;
    }
}
