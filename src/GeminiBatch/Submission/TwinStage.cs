using Microsoft.Extensions.Logging;

namespace GeminiBatch;

/// <summary>Cancels second jobs of a shard: those found beside the adopted one, and those of given-up intents that surface later.</summary>
internal sealed class TwinStage(RunContext context) : IRunStage
{
    private const int LongestWaitInPeriods = 32;

    public async ValueTask<StageStep> StepAsync(CancellationToken cancellationToken)
    {
        var (twins, lost) = context.Ledger.Read(connection => (LedgerJobs.List(connection, context.RunId, JobState.Twin), LedgerJobs.List(connection, context.RunId, JobState.Lost)));
        if (twins.FirstOrDefault(twin => twin.DueAt is null || twin.DueAt <= context.NowMilliseconds) is { } twin)
        {
            await CancelAsync(twin, cancellationToken).ConfigureAwait(false);
            return StageStep.Done;
        }

        if (lost.FirstOrDefault(job => job.DueAt <= context.NowMilliseconds) is { } due)
        {
            await SweepAsync(due, cancellationToken).ConfigureAwait(false);
            return StageStep.Done;
        }

        return StageStep.WaitUntil(StageStep.Earliest(twins.Min(static job => job.DueAt), lost.Min(static job => job.DueAt)));
    }

    /// <summary>A last look before the run is left: a job that surfaced meanwhile is cancelled.</summary>
    public async ValueTask SweepAllAsync(CancellationToken cancellationToken)
    {
        foreach (var lost in context.Ledger.Read(connection => LedgerJobs.List(connection, context.RunId, JobState.Lost)))
        {
            await SweepAsync(lost, cancellationToken).ConfigureAwait(false);
        }

        foreach (var twin in context.Ledger.Read(connection => LedgerJobs.List(connection, context.RunId, JobState.Twin)))
        {
            await CancelAsync(twin, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask CancelAsync(JobRecord twin, CancellationToken cancellationToken)
    {
        RunLog.Twin(context.Logger, context.RunName, twin.Name!);
        try
        {
            context.At("twin.cancel:before");
            await context.Backend.CancelJobAsync(twin.Name!, cancellationToken).ConfigureAwait(false);
            context.At("twin.cancel:after");
        }
        catch (Exception error) when (TransientErrors.IsTransient(error) && !cancellationToken.IsCancellationRequested && twin.Errors + 1 < context.Options.MaxConsecutiveErrors)
        {
            var delay = TransientErrors.Delay(context.Options.RetryInterval, context.Options.MaxPollInterval, twin.Errors + 1, TransientErrors.Asked(error));
            await context.WriteAsync("twin.postpone", connection => LedgerJobs.Postpone(connection, twin.Id, context.NowMilliseconds + LedgerTime.Milliseconds(delay), twin.Errors + 1), cancellationToken).ConfigureAwait(false);
            return;
        }

        catch (GeminiApiException error) when (error.HttpStatus == 404)
        {
            // It is gone, which is all that was wanted.
        }

        await context.WriteAsync("twin.record", connection => LedgerJobs.Move(connection, twin.Id, JobState.Twin, JobState.TwinCancelled), cancellationToken).ConfigureAwait(false);
    }

    // A search that fails is made again at the next turn; nothing waits for it.
    private async ValueTask SweepAsync(JobRecord lost, CancellationToken cancellationToken)
    {
        var shard = context.Ledger.Read(connection => LedgerShards.Get(connection, lost.Shard));
        var found = new List<GeminiBatchJob>();
        try
        {
            found = await ReconcileStage.FindAsync(context, shard, lost, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (TransientErrors.IsTransient(error) && !cancellationToken.IsCancellationRequested)
        {
            TransientErrors.Tell(context, "search for second jobs of shard", shard.Number, context.Options.ReconcileQuietPeriod, error);
        }

        // A job of another intent of the shard may be one whose reply is not recorded yet: it is that intent's.
        var twins = found.Where(job => string.Equals(job.DisplayName, lost.DisplayName, StringComparison.Ordinal)).ToList();
        var now = context.NowMilliseconds;
        var period = LedgerTime.Milliseconds(context.Options.ReconcileQuietPeriod);
        var wait = lost.Wait == 0 ? period : lost.Wait * 2;
        long? next = wait > period * LongestWaitInPeriods ? null : now + wait;
        await context.WriteAsync(
            "twin.found",
            connection =>
            {
                // The shard waits still to be sent again: then the job that surfaced is its own.
                if (twins.Count > 0 && LedgerShards.Move(connection, shard.Id, ShardState.Staged, ShardState.Submitted))
                {
                    LedgerJobs.Move(connection, lost.Id, JobState.Lost, JobState.Live);
                    LedgerJobs.SetCreated(connection, lost.Id, twins[0], now, 0);
                    twins.Skip(1).ToList().ForEach(twin => LedgerJobs.InsertTwin(connection, shard, lost.Attempt, twin, now));
                    return;
                }

                twins.ForEach(twin => LedgerJobs.InsertTwin(connection, shard, lost.Attempt, twin, now));
                connection.Execute("UPDATE jobs SET due_at = $2, wait = $3 WHERE id = $1", lost.Id, next, wait);
            },
            cancellationToken).ConfigureAwait(false);
    }
}
