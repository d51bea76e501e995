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
            await EndAsync(job, Missing, null, $"The backend no longer knows the job: {error.ServiceMessage}", cancellationToken).ConfigureAwait(false);
            return;
        }
        catch (Exception error) when (TransientErrors.IsTransient(error) && !cancellationToken.IsCancellationRequested && job.Errors + 1 < context.Options.MaxConsecutiveErrors)
        {
            var delay = TransientErrors.Delay(context.Options.RetryInterval, context.Options.MaxPollInterval, job.Errors + 1, TransientErrors.Asked(error));
            RunLog.Retrying(context.Logger, context.RunName, "look at a job of shard", job.Shard, delay, error.Message);
            await context.WriteAsync("watch.postpone", connection => LedgerJobs.Postpone(connection, job.Id, context.NowMilliseconds + LedgerTime.Milliseconds(delay), job.Errors + 1), cancellationToken).ConfigureAwait(false);
            return;
        }

        if (seen.IsTerminal)
        {
            await EndAsync(job, seen.State.ToString(), seen.Error?.Code, seen.Error?.Message, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (seen.State == GeminiBatchState.Unknown)
        {
            RunLog.UnknownState(context.Logger, context.RunName, job.Name!, seen.RawState);
            context.Activity.Notice = $"A job is in the state '{seen.RawState}', which is not known; waiting on.";
        }

        var initial = LedgerTime.Milliseconds(context.Options.InitialPollInterval);
        var wait = Math.Clamp((long)(job.Wait * WaitGrowth), initial, Math.Max(initial, LedgerTime.Milliseconds(context.Options.MaxPollInterval)));
        await context.WriteAsync("watch.record", connection => LedgerJobs.SetBackendState(connection, job.Id, seen.State.ToString(), context.NowMilliseconds + wait, wait), cancellationToken).ConfigureAwait(false);
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
