using Microsoft.Extensions.Logging;

namespace GeminiBatch;

/// <summary>Finds out whether a creation without an answer made a job: searches over a quiet period that is longer than the list's lag, and only then gives the intent up.</summary>
internal sealed class ReconcileStage(RunContext context) : IRunStage
{
    public async ValueTask<StageStep> StepAsync(CancellationToken cancellationToken)
    {
        var uncertain = context.Ledger.Read(connection => LedgerJobs.List(connection, context.RunId, JobState.Uncertain));
        long? due = null;
        foreach (var job in uncertain)
        {
            if (job.DueAt > context.NowMilliseconds)
            {
                due = StageStep.Earliest(due, job.DueAt);
                continue;
            }

            await ReconcileAsync(job, cancellationToken).ConfigureAwait(false);
            return StageStep.Done;
        }

        return StageStep.WaitUntil(due);
    }

    private async ValueTask ReconcileAsync(JobRecord job, CancellationToken cancellationToken)
    {
        var shard = context.Ledger.Read(connection => LedgerShards.Get(connection, job.Shard));
        List<GeminiBatchJob> found;
        try
        {
            context.At("reconcile.find:before");
            found = await FindAsync(context, shard, job, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (TransientErrors.IsTransient(error) && !cancellationToken.IsCancellationRequested && job.Errors + 1 < context.Options.MaxConsecutiveErrors)
        {
            var delay = TransientErrors.Postpone(context, "search for the job of shard", shard.Number, job.Errors + 1, error);
            await context.WriteAsync("reconcile.postpone", connection => LedgerJobs.Postpone(connection, job.Id, context.NowMilliseconds + LedgerTime.Milliseconds(delay), job.Errors + 1), cancellationToken).ConfigureAwait(false);
            return;
        }

        var now = context.NowMilliseconds;
        await context.WriteAsync(
            "reconcile.record",
            connection =>
            {
                if (found.Count > 0)
                {
                    if (LedgerJobs.Move(connection, job.Id, JobState.Uncertain, JobState.Live))
                    {
                        LedgerJobs.SetCreated(connection, job.Id, found[0], now, 0);
                        found.Skip(1).ToList().ForEach(twin => LedgerJobs.InsertTwin(connection, shard, job.Attempt, twin, now));
                    }
                }
                else if (now - job.UncertainSince >= LedgerTime.Milliseconds(context.Options.ReconcileQuietPeriod))
                {
                    LedgerJobs.Move(connection, job.Id, JobState.Uncertain, JobState.Lost, now + LedgerTime.Milliseconds(context.Options.ReconcileQuietPeriod));
                    LedgerShards.Reserve(connection, shard, 0);
                    LedgerShards.Move(connection, job.Shard, ShardState.Submitted, ShardState.Staged);
                }
                else
                {
                    LedgerJobs.Postpone(connection, job.Id, now + LedgerTime.Milliseconds(context.Options.ReconcileInterval), 0);
                }
            },
            cancellationToken).ConfigureAwait(false);
        if (found.Count > 0)
        {
            if (context.Activity.Uncertain.Remove(job.DisplayName))
            {
                context.Activity.CountJob();
                Telemetry.Created(context, shard.Model);
            }

            RunLog.Adopted(context.Logger, context.RunName, found[0].Name);
        }
        else if (now - job.UncertainSince >= LedgerTime.Milliseconds(context.Options.ReconcileQuietPeriod) && job.Attempt % context.Options.MaxConsecutiveErrors == 0)
        {
            throw new JobCreationUncertainException(job.DisplayName, job.InputFile, $"none of {context.Options.MaxConsecutiveErrors} creations in a row made a job that can be found");
        }
    }

    /// <summary>Jobs that a creation may have made and that the ledger does not know, oldest first.</summary>
    public static async ValueTask<List<GeminiBatchJob>> FindAsync(RunContext context, ShardRecord shard, JobRecord job, CancellationToken cancellationToken)
    {
        var found = new List<GeminiBatchJob>();
        await foreach (var candidate in context.Backend.FindJobsAsync(new JobCreation(shard.Model, job.DisplayName, job.InputFile), cancellationToken).ConfigureAwait(false))
        {
            if (!context.Ledger.Read(connection => LedgerJobs.HasName(connection, candidate.Name)))
            {
                found.Add(candidate);
            }
        }

        found.Sort(static (one, other) =>
        {
            var byTime = Nullable.Compare(one.CreateTime, other.CreateTime);
            return byTime != 0 ? byTime : string.CompareOrdinal(one.Name, other.Name);
        });
        return found;
    }
}
