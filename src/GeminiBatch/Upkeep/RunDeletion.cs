namespace GeminiBatch;

/// <summary>Removes a run from the ledger, with its spool. Answers that other runs have taken from it go to them; documents that are kept by content go with the last run, because runs share them.</summary>
internal static class RunDeletion
{
    public static async Task DeleteAsync(ExtractionEngine engine, string name, CancellationToken cancellationToken)
    {
        var run = engine.Ledger.Read(connection => LedgerRuns.Find(connection, name))
            ?? throw RunOpening.NotFound(engine.Ledger, name);
        var lease = await RunLease.TakeAsync(engine.Ledger, engine.Time, run.Id, name, cancellationToken).ConfigureAwait(false);
        await using (lease.ConfigureAwait(false))
        {
            await engine.Ledger.WriteAsync(
                connection =>
                {
                    lease.Guard(connection);
                    if (LedgerJobs.HasUnsettled(connection, run.Id))
                    {
                        throw new RunRefusedException(name, RunRefusal.InUse, $"The run '{name}' has jobs that are not settled. Complete it or cancel it first: what they answer is paid for.");
                    }

                    Remove(connection, run.Id);
                },
                cancellationToken).ConfigureAwait(false);
        }

        engine.Spool.DeleteShardFiles(run.Id);
        File.Delete(engine.Spool.RowsPath(run.Id));

        // While this is written no program opens a run, and so none stores documents.
        await engine.Ledger.WriteAsync(
            connection =>
            {
                if (connection.Number("SELECT 1 FROM runs LIMIT 1") is null)
                {
                    engine.Spool.Content.SetAside();
                }
            },
            cancellationToken).ConfigureAwait(false);
        engine.Spool.Content.RemoveAside();
    }

    private static void Remove(LedgerConnection connection, long run)
    {
        connection.Execute(
            """
            UPDATE chunks SET job = 0, run = (SELECT min(r.run) FROM rows r WHERE r.cached = $1 AND r.chunk = chunks.id)
            WHERE run = $1 AND id IN (SELECT chunk FROM rows WHERE cached = $1)
            """,
            run);
        foreach (var sql in (ReadOnlySpan<string>)
        [
            "DELETE FROM row_errors WHERE row IN (SELECT id FROM rows WHERE run = $1)", "DELETE FROM attempts WHERE row IN (SELECT id FROM rows WHERE run = $1)",
            "DELETE FROM items WHERE run = $1", "DELETE FROM rows WHERE run = $1", "DELETE FROM chunks WHERE run = $1", "DELETE FROM jobs WHERE run = $1", "DELETE FROM shards WHERE run = $1",
            "DELETE FROM skips WHERE run = $1", "DELETE FROM tallies WHERE run = $1", "DELETE FROM uploads WHERE run = $1", "DELETE FROM fits WHERE run = $1", "DELETE FROM runs WHERE id = $1",
        ])
        {
            connection.Execute(sql, run);
        }
    }
}
