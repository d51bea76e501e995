namespace GeminiBatch;

/// <summary>While a run is being cancelled: cancels its live jobs at the backend and gives shards without a job back.</summary>
internal sealed class CancellationStage(RunContext context) : IRunStage
{
    private readonly HashSet<long> _asked = [];

    public async ValueTask<StageStep> StepAsync(CancellationToken cancellationToken)
    {
        if (!context.ReadRun().IsCancelling)
        {
            return StageStep.Idle;
        }

        var (live, unsent) = context.Ledger.Read(connection => (
            LedgerJobs.List(connection, context.RunId, JobState.Live),
            (List<ShardRecord>)[.. LedgerShards.List(connection, context.RunId, ShardState.Packed), .. LedgerShards.List(connection, context.RunId, ShardState.Staged)]));
        var acted = unsent.Count > 0;
        foreach (var shard in unsent)
        {
            await context.WriteAsync("cancel.shard", connection => GiveBack(connection, shard), cancellationToken).ConfigureAwait(false);
        }

        foreach (var job in live)
        {
            if (_asked.Add(job.Id))
            {
                context.At("cancel.job:before");
                await context.Backend.CancelJobAsync(job.Name!, cancellationToken).ConfigureAwait(false);
                context.At("cancel.job:after");
                await context.WriteAsync(
                    "cancel.asked",
                    connection => LedgerJobs.Postpone(connection, job.Id, context.NowMilliseconds, 0),
                    cancellationToken).ConfigureAwait(false);
                acted = true;
            }
        }

        return acted ? StageStep.Done : StageStep.Idle;
    }

    // Never submitted: the attempt that packing counted did not happen.
    private static void GiveBack(LedgerConnection connection, ShardRecord shard)
    {
        LedgerTransitions.Require(LedgerTransitions.IsAllowed(RowState.InFlight, RowState.Planned), RowState.InFlight, RowState.Planned);
        connection.Execute(
            "UPDATE rows SET state = 0, shard = NULL, attempt = attempt - 1 WHERE id BETWEEN $1 AND $2 AND shard = $3 AND state = 1", shard.FirstRow, shard.LastRow, shard.Id);
        connection.Execute("UPDATE jobs SET state = 8 WHERE shard = $1 AND state = 2", shard.Id);
        LedgerShards.Reserve(connection, LedgerShards.Get(connection, shard.Id), 0);
        LedgerShards.Move(connection, shard.Id, shard.State, ShardState.Settled);
    }
}
