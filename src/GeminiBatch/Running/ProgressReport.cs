using System.Runtime.CompilerServices;

namespace GeminiBatch;

/// <summary>Snapshots of a run, from the ledger and from what the handle knows of itself.</summary>
internal static class ProgressReport
{
    public static RunProgress Of(ExtractionEngine engine, RunSession session) => engine.Ledger.ReadSnapshot(connection =>
    {
        var run = session.Record(connection);
        var activity = session.Activity;
        var elapsed = activity.Elapsed;
        var ended = run.Succeeded + run.Failed - activity.EndedAtStart;
        var rate = elapsed > TimeSpan.Zero && ended > 0 ? ended / elapsed.TotalSeconds : 0;
        return new RunProgress
        {
            Run = run.Name,
            Phase = activity.Phase == RunPhase.Idle && run is { IsPlanned: true, Pending: 0 } ? RunPhase.Completed : activity.Phase,
            Planned = run.Items,
            Succeeded = run.Succeeded,
            Failed = run.Failed,
            Pending = run.Pending,
            InFlight = InFlight(connection, run),
            Shards = run.Shards,
            JobsByState = Jobs(connection, run.Id),
            JobsSubmitted = activity.JobsSubmitted,
            RowsPerSecond = rate,
            Usage = run.Usage,
            Cost = run.Cost,
            Elapsed = elapsed,
            TimeLeft = rate > 0 ? TimeSpan.FromSeconds(run.Pending / rate) : null,
            Notice = activity.Notice,
        };
    });

    public static async IAsyncEnumerable<RunProgress> WatchAsync(ExtractionEngine engine, RunSession session, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = session.Signal.Next;
            var hasEnded = session.Driving.HasEnded;
            yield return Of(engine, session);
            if (hasEnded)
            {
                yield break;
            }

            await Task.Delay(engine.Options.ProgressInterval, engine.Time, cancellationToken).ConfigureAwait(false);
            await next.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // Rows in open shards, which are as many as their items unless documents share content.
    private static long InFlight(LedgerConnection connection, RunRecord run) =>
        Math.Min(run.Pending, connection.Number("SELECT coalesce(sum(rows), 0) FROM shards WHERE run = $1 AND state < 3", run.Id)!.Value);

    private static SortedDictionary<string, long> Jobs(LedgerConnection connection, long run)
    {
        var jobs = new SortedDictionary<string, long>(StringComparer.Ordinal);
        using var reader = connection.Query(
            """
            SELECT CASE WHEN state IN (0, 1) THEN 'creating' WHEN state = 2 THEN 'postponed' WHEN state = 7 THEN 'lost' WHEN state = 8 THEN 'refused' WHEN state IN (9, 10) THEN 'twin'
                ELSE lower(coalesce(backend_state, 'unknown')) END AS word, count(*) FROM jobs WHERE run = $1 GROUP BY word
            """,
            run);
        while (reader.Read())
        {
            jobs.Add(reader.GetString(0), reader.GetInt64(1));
        }

        return jobs;
    }
}
