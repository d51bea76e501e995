using System.Runtime.ExceptionServices;

namespace GeminiBatch;

/// <summary>While a run is being cancelled: cancels its live jobs at the backend and gives shards without a job back.</summary>
internal sealed class CancellationStage(RunContext context) : IRunStage
{
    private const int NotFound = 404;
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

        // Every job is asked before a failure of one is told: the others cost money.
        Exception? failure = null;
        foreach (var job in live.Where(job => !_asked.Contains(job.Id)))
        {
            acted = true;
            await context.WriteAsync("cancel.intend", connection => LedgerJobs.SetCancellation(connection, job.Id, JobCancellation.ByUser), cancellationToken).ConfigureAwait(false);
            try
            {
                context.At("cancel.job:before");
                await context.Backend.CancelJobAsync(job.Name!, cancellationToken).ConfigureAwait(false);
                context.At("cancel.job:after");
            }
            catch (GeminiApiException error) when (error.HttpStatus == NotFound)
            {
                // It is gone; the next look at it says so.
            }
            catch (Exception error) when (error is GeminiApiException or HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
            {
                failure ??= error;
                continue;
            }

            _asked.Add(job.Id);
            await context.WriteAsync("cancel.asked", connection => LedgerJobs.Postpone(connection, job.Id, context.NowMilliseconds, 0), cancellationToken).ConfigureAwait(false);
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return acted ? StageStep.Done : StageStep.Idle;
    }

    // Never submitted: the attempt that packing counted did not happen.
    private static void GiveBack(LedgerConnection connection, ShardRecord shard)
    {
        LedgerTransitions.Require(LedgerTransitions.IsAllowed(RowState.InFlight, RowState.Planned), RowState.InFlight, RowState.Planned);
        connection.Execute(
            "UPDATE rows SET state = 0, shard = NULL, attempt = attempt - 1 WHERE id BETWEEN $1 AND $2 AND shard = $3 AND state = 1", shard.FirstRow, shard.LastRow, shard.Id);
        foreach (var postponed in LedgerJobs.OfShard(connection, shard.Id).Where(static job => job.State == JobState.Postponed))
        {
            LedgerJobs.Move(connection, postponed.Id, JobState.Postponed, JobState.Refused);
        }

        LedgerShards.Reserve(connection, LedgerShards.Get(connection, shard.Id), 0);
        LedgerShards.Move(connection, shard.Id, shard.State, ShardState.Settled);
    }
}
