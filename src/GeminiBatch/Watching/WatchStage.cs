using Microsoft.Extensions.Logging;

namespace GeminiBatch;

/// <summary>Looks at live jobs with growing waits until they end. Unknown states are waited on and reported.</summary>
internal sealed class WatchStage(RunContext context) : IRunStage
{
    /// <summary>The state kept for a job that the backend no longer knows.</summary>
    public const string Missing = "Missing";

    private const double WaitGrowth = 1.5;
    private const int NotFound = 404;

    public async ValueTask<StageStep> StepAsync(CancellationToken cancellationToken)
    {
        var live = context.Ledger.Read(connection => LedgerJobs.List(connection, context.RunId, JobState.Live));
        var acted = false;
        long? next = null;
        foreach (var job in live)
        {
            if (job.DueAt > context.NowMilliseconds)
            {
                next = StageStep.Earliest(next, job.DueAt);
                continue;
            }

            await LookAsync(job, cancellationToken).ConfigureAwait(false);
            acted = true;
        }

        return acted ? StageStep.Done : StageStep.WaitUntil(next);
    }

    private async ValueTask LookAsync(JobRecord job, CancellationToken cancellationToken)
    {
        GeminiBatchJob seen;
        try
        {
            context.At("watch.get:before");
            seen = await context.Backend.GetJobAsync(job.Name!, cancellationToken).ConfigureAwait(false);
        }
        catch (GeminiApiException error) when (error.HttpStatus == NotFound)
        {
            await MissAsync(job, error, cancellationToken).ConfigureAwait(false);
            return;
        }
        catch (Exception error) when (TransientErrors.IsTransient(error) && !cancellationToken.IsCancellationRequested && job.Errors + 1 < context.Options.MaxConsecutiveErrors)
        {
            var delay = TransientErrors.Postpone(context, "look at a job of shard", job.Shard, job.Errors + 1, error);
            await context.WriteAsync("watch.postpone", connection => LedgerJobs.Postpone(connection, job.Id, context.NowMilliseconds + LedgerTime.Milliseconds(delay), job.Errors + 1), cancellationToken).ConfigureAwait(false);
            return;
        }

        if (seen.IsTerminal)
        {
            await EndAsync(job, seen.State.ToString(), seen.Error?.Code, seen.Error?.Message, cancellationToken).ConfigureAwait(false);
            var model = context.Ledger.Read(connection => LedgerShards.Get(connection, job.Shard)).Model;
            Telemetry.Ended(context, model, (seen.EndTime ?? context.Now) - (seen.CreateTime ?? job.CreatedAt ?? context.Now), seen.State.ToString());
            return;
        }

        if (seen.State == GeminiBatchState.Unknown)
        {
            RunLog.UnknownState(context.Logger, context.RunName, job.Name!, seen.RawState);
            context.Activity.Notice = $"A job is in the state '{seen.RawState}', which is not known; waiting on.";
        }

        if (await IsOverdueAsync(job, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var initial = LedgerTime.Milliseconds(context.Options.InitialPollInterval);
        var wait = Math.Clamp((long)(job.Wait * WaitGrowth), initial, Math.Max(initial, LedgerTime.Milliseconds(context.Options.MaxPollInterval)));
        await context.WriteAsync("watch.record", connection => LedgerJobs.SetBackendState(connection, job.Id, seen.State.ToString(), context.NowMilliseconds + wait, wait), cancellationToken).ConfigureAwait(false);
    }

    // One look is not enough: a replica may not have seen a new job yet, and what is given up may have been paid.
    private async ValueTask MissAsync(JobRecord job, GeminiApiException error, CancellationToken cancellationToken)
    {
        var now = context.NowMilliseconds;
        if (job.UncertainSince is { } since && now - since >= LedgerTime.Milliseconds(context.Options.ReconcileQuietPeriod))
        {
            await EndAsync(job, Missing, null, $"The backend no longer knows the job: {error.ServiceMessage}", cancellationToken).ConfigureAwait(false);
            return;
        }

        TransientErrors.Tell(context, "look at a job of shard", job.Shard, context.Options.ReconcileInterval, error);
        await context.WriteAsync(
            "watch.missed",
            connection =>
            {
                LedgerJobs.SetMissingSince(connection, job.Id, job.UncertainSince ?? now);
                LedgerJobs.Postpone(connection, job.Id, now + LedgerTime.Milliseconds(context.Options.ReconcileInterval), job.Errors);
            },
            cancellationToken).ConfigureAwait(false);
    }

    // Some jobs stay pending for days while others end (protocol: 10, no. 14).
    private async ValueTask<bool> IsOverdueAsync(JobRecord job, CancellationToken cancellationToken)
    {
        var age = context.Now - (job.CreatedAt ?? context.Now);
        if (!job.IsWarned && JobQuota.BackendFacts(context.Engine)?.Turnaround is { } turnaround && age >= turnaround)
        {
            RunLog.Slow(context.Logger, context.RunName, job.Name!, age);
            context.Activity.Notice = $"The job {job.Name} has not ended after {age.TotalHours:0} h, longer than the backend aims for.";
            await context.WriteAsync(
                "watch.slow",
                connection =>
                {
                    LedgerJobs.SetWarned(connection, job.Id);
                    LedgerTallies.Add(connection, context.RunId, LedgerTallies.Notes, RunNotes.SlowJobs, 1);
                },
                cancellationToken).ConfigureAwait(false);
        }

        if (context.Options.JobDeadline is not { } deadline || age < deadline || job.Cancellation != JobCancellation.None)
        {
            return false;
        }

        RunLog.Overdue(context.Logger, context.RunName, job.Name!);
        context.Activity.Notice = $"The job {job.Name} has not ended by its deadline; it is cancelled and its rows are sent again.";
        context.At("watch.cancel:before");
        try
        {
            await context.Backend.CancelJobAsync(job.Name!, cancellationToken).ConfigureAwait(false);
        }
        catch (GeminiApiException error) when (error.HttpStatus == NotFound)
        {
            // The next look says so.
        }
        catch (Exception error) when (TransientErrors.IsTransient(error) && !cancellationToken.IsCancellationRequested)
        {
            TransientErrors.Tell(context, "cancel a job of shard", job.Shard, context.Options.RetryInterval, error);
            await context.WriteAsync(
                "watch.postpone", connection => LedgerJobs.Postpone(connection, job.Id, context.NowMilliseconds + LedgerTime.Milliseconds(context.Options.RetryInterval), job.Errors + 1), cancellationToken).ConfigureAwait(false);
            return true;
        }

        context.At("watch.cancel:after");
        await context.WriteAsync(
            "watch.overdue",
            connection =>
            {
                LedgerJobs.SetCancellation(connection, job.Id, JobCancellation.ByDeadline);
                LedgerJobs.Postpone(connection, job.Id, context.NowMilliseconds, 0);
            },
            cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async ValueTask EndAsync(JobRecord job, string state, int? code, string? message, CancellationToken cancellationToken)
    {
        await context.WriteAsync(
            "watch.ended",
            connection =>
            {
                if (LedgerJobs.Move(connection, job.Id, JobState.Live, JobState.Ended))
                {
                    LedgerJobs.SetEnded(connection, job.Id, state, context.NowMilliseconds, code, message);
                }
            },
            cancellationToken).ConfigureAwait(false);
        RunLog.Ended(context.Logger, context.RunName, job.Name!, state);
    }
}
