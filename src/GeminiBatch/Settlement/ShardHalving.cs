namespace GeminiBatch;

/// <summary>Finds the rows that a whole job is refused or fails for, by sending its halves apart until such a row stands alone.</summary>
internal static class ShardHalving
{
    /// <summary>Refusals or failures in a row after which the fault is not some rows': each of sixteen parts of the first shard had one.</summary>
    public const int MostInARow = 40;

    /// <summary>A shard that was refused at creation: nothing was sent, so no attempt is counted.</summary>
    public static void AfterRefusal(LedgerConnection connection, RunContext context, ShardRecord shard)
    {
        connection.Execute("UPDATE runs SET refused_in_a_row = refused_in_a_row + 1 WHERE id = $1", shard.Run);
        if (shard.Rows > 1)
        {
            LedgerShards.Split(connection, shard, shard.Rows / 2, isProbe: false);
        }
        else
        {
            RowSettlement.FailShard(connection, context, shard, RowReasons.JobRefused);
        }
    }

    /// <summary>A job that failed whole: its rows were sent, which is kept as an attempt and not counted against them.</summary>
    public static void AfterFailure(LedgerConnection connection, ShardRecord shard, string reason, long left)
    {
        connection.Execute("UPDATE runs SET failed_in_a_row = failed_in_a_row + 1 WHERE id = $1", shard.Run);
        connection.Execute(
            """
            INSERT INTO attempts (row, attempt, shard, reason) SELECT id, attempt, shard, $4 FROM rows
            WHERE id BETWEEN $1 AND $2 AND shard = $3 AND state = 1 ON CONFLICT DO NOTHING
            """,
            shard.FirstRow, shard.LastRow, shard.Id, reason);
        connection.Execute(
            "UPDATE rows SET attempt = attempt + 1, granted = granted + 1 WHERE id BETWEEN $1 AND $2 AND shard = $3 AND state = 1", shard.FirstRow, shard.LastRow, shard.Id);
        LedgerShards.Split(connection, shard, Math.Max(1, left / 2), isProbe: false);
    }
}
