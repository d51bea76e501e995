using Microsoft.Extensions.Logging;

namespace GeminiBatch;

/// <summary>Makes jobs of staged shards: intent first, then exactly one creation, then its reply.</summary>
internal sealed class SubmissionStage(RunContext context) : IRunStage
{
    // Files expire by the backend's clock; a file is not sent in its last hour.
    private static readonly TimeSpan s_margin = TimeSpan.FromHours(1);
    private readonly Orphans _orphans = new(context);

    public async ValueTask<StageStep> StepAsync(CancellationToken cancellationToken)
    {
        var run = context.ReadRun();
        if (run.IsCancelling)
        {
            return StageStep.Idle;
        }

        var (shards, alive) = context.Ledger.Read(connection => (LedgerShards.List(connection, context.RunId, ShardState.Staged), LedgerJobs.CountAlive(connection, context.RunId)));
        if (run.StormUntil is not null)
        {
            shards = [.. shards.Where(static staged => staged.IsProbe)];
        }

        if (shards.Count == 0 || alive >= JobQuota.Share(context))
        {
            return StageStep.Idle;
        }

        var shard = shards.FirstOrDefault(staged => staged.DueAt is null || staged.DueAt <= context.NowMilliseconds);
        if (shard is null)
        {
            return StageStep.WaitUntil(shards.Min(static staged => staged.DueAt));
        }

        if (shard.FileExpiresAt is { } expiry && expiry <= context.Now + s_margin)
        {
            await context.WriteAsync("submit.expired", connection => LedgerShards.Move(connection, shard.Id, ShardState.Staged, ShardState.Packed), cancellationToken).ConfigureAwait(false);
            return StageStep.Done;
        }

        FailureGate.Require(context, run);
        try
        {
            if (await _orphans.AdoptAsync(shard, () => new CostCap(context).Amount(shard, InputTokens(shard), run), cancellationToken).ConfigureAwait(false) || await IsFoundAsync(shard, cancellationToken).ConfigureAwait(false))
            {
                return StageStep.Done;
            }
        }
        catch (Exception error) when (TransientErrors.IsTransient(error) && !cancellationToken.IsCancellationRequested && shard.Errors + 1 < context.Options.MaxConsecutiveErrors)
        {
            var delay = TransientErrors.Postpone(context, "search for jobs of shard", shard.Number, shard.Errors + 1, error);
            await context.WriteAsync(
                "submit.orphans-postpone", connection => LedgerShards.Postpone(connection, shard.Id, context.NowMilliseconds + LedgerTime.Milliseconds(delay), shard.Errors + 1), cancellationToken).ConfigureAwait(false);
            return StageStep.Done;
        }

        if (!context.Ledger.Read(connection => HasRoom(connection, shard)))
        {
            return WaitForRoom(alive);
        }

        var cap = new CostCap(context);
        if (cap.Reservation(shard, InputTokens(shard), run) is not { } reservation)
        {
            // What is under way may cost less than was held back for it.
            return alive > 0 || context.Ledger.Read(connection => HasUncollected(connection)) ? StageStep.Idle : throw cap.Reached(run, shard.Rows, null);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (await SubmitAsync(shard, reservation).ConfigureAwait(false))
        {
            return StageStep.Done;
        }

        return IsStopped(context.ReadRun()) ? StageStep.Done : WaitForRoom(alive);
    }

    private static bool IsStopped(RunRecord run) => run.IsPaused || run.IsCancelling;

    private bool HasRoom(LedgerConnection connection, ShardRecord shard) =>
        JobQuota.HasRoom(connection, context, LedgerJobs.CountAlive(connection, context.RunId)) && JobQuota.HasRoom(connection, context, shard);

    // Other jobs of the account have to end first; those of other runs are not watched here.
    private StageStep WaitForRoom(long alive)
    {
        context.Activity.Notice = "The account's other jobs leave no room for one more; it is sent when some of them have ended.";
        return alive > 0 ? StageStep.Idle : StageStep.WaitUntil(context.NowMilliseconds + LedgerTime.Milliseconds(context.Options.MaxPollInterval));
    }

    private bool HasUncollected(LedgerConnection connection) => connection.Number("SELECT 1 FROM jobs WHERE run = $1 AND state IN (4, 5) LIMIT 1", context.RunId) is not null;

    // Row by row: grouped by recipe, SQLite would sort the whole shard in memory.
    private long InputTokens(ShardRecord shard) => context.Ledger.Read(connection =>
    {
        var (tokens, recipe, ofRecipe) = (0L, 0L, 0L);
        using var reader = connection.Query("SELECT recipe, tokens FROM rows WHERE id BETWEEN $1 AND $2 AND shard = $3 AND state = 1", shard.FirstRow, shard.LastRow, shard.Id);
        while (reader.Read())
        {
            if (reader.GetInt64(0) != recipe)
            {
                recipe = reader.GetInt64(0);
                ofRecipe = context.Recipes.Get(recipe).Tokens;
            }

            tokens += reader.GetInt64(1) + ofRecipe;
        }

        return tokens;
    });

    // From the intent to its recorded reply the caller's token is not observed: what is begun is finished.
    private async ValueTask<bool> SubmitAsync(ShardRecord shard, long reservation)
    {
        context.Activity.Phase = RunPhase.Submitting;
        if (await IntendAsync(shard, reservation).ConfigureAwait(false) is not { } job)
        {
            return false;
        }

        using var activity = Telemetry.StartCreation(context, shard);
        GeminiBatchJob created;
        try
        {
            context.At("submit.create:before");
            context.Lease.RequireCurrent();
            created = await context.Backend.CreateJobAsync(new JobCreation(shard.Model, job.DisplayName, job.InputFile), CancellationToken.None).ConfigureAwait(false);
            context.At("submit.create:after");
        }
        catch (GeminiApiException error) when (error.HttpStatus == 499)
        {
            // "Client closed request": a gateway's word, which says nothing of what lies behind it.
            Telemetry.Fail(activity, error);
            await UncertainAsync(shard, job).ConfigureAwait(false);
            return true;
        }
        catch (GeminiApiException error) when (error.HttpStatus == 429)
        {
            Telemetry.Fail(activity, error);
            await PostponeAsync(shard, job, error).ConfigureAwait(false);
            return true;
        }
        catch (GeminiApiException error)
        {
            Telemetry.Fail(activity, error);
            await RefuseAsync(shard, job, error).ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (error is JobCreationUncertainException || TransientErrors.IsTransient(error))
        {
            Telemetry.Fail(activity, error);
            await UncertainAsync(shard, job).ConfigureAwait(false);
            return true;
        }

        context.Activity.CountJob();
        Telemetry.Created(context, shard.Model);
        activity?.SetTag("gemini_batch.job", created.Name[(created.Name.LastIndexOf('/') + 1)..]);
        await RecordAsync(job, created).ConfigureAwait(false);
        RunLog.Created(context.Logger, context.RunName, created.Name, shard.Number);
        return true;
    }

    private async ValueTask RecordAsync(JobRecord job, GeminiBatchJob created)
    {
        try
        {
            await context.WriteAsync(
                "submit.record",
                connection =>
                {
                    if (LedgerJobs.Move(connection, job.Id, JobState.Intended, JobState.Live))
                    {
                        LedgerJobs.SetCreated(connection, job.Id, created, context.NowMilliseconds, LedgerTime.Milliseconds(context.Options.InitialPollInterval));
                        connection.Execute("UPDATE runs SET refused_in_a_row = 0 WHERE id = $1", context.RunId);
                    }
                },
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (RunRefusedException refused) when (refused.Refusal == RunRefusal.InUse
            && !context.Ledger.ReadSnapshot(connection => LedgerJobs.HasName(connection, created.Name) || LedgerJobs.IsSearchedFor(connection, job.DisplayName)))
        {
            // This program slept too long: another one drives the run, and neither knows this job nor looks for it.
            await context.Backend.CancelJobAsync(created.Name, CancellationToken.None).ConfigureAwait(false);
            throw new RunRefusedException(context.RunName, RunRefusal.InUse, $"{refused.Message} The job {created.Name}, which was just created here, is cancelled.");
        }
    }

    private Task UncertainAsync(ShardRecord shard, JobRecord job)
    {
        RunLog.Uncertain(context.Logger, context.RunName, shard.Number);
        context.Activity.Notice = "The creation of a job had no answer; it is searched for before it is created again.";
        context.Activity.Uncertain.Add(job.DisplayName);
        return context.WriteAsync(
            "submit.uncertain",
            connection =>
            {
                if (LedgerJobs.Move(connection, job.Id, JobState.Intended, JobState.Uncertain))
                {
                    LedgerJobs.SetUncertain(connection, job.Id, context.NowMilliseconds);
                }
            },
            CancellationToken.None);
    }

    // A refusal is the word of whoever stands in front; after one, the job is looked for before another is created.
    private async ValueTask<bool> IsFoundAsync(ShardRecord shard, CancellationToken cancellationToken)
    {
        var refused = context.Ledger.Read(connection => LedgerJobs.OfShard(connection, shard.Id)).FirstOrDefault(static job => job.State is JobState.Postponed or JobState.Refused);
        if (refused is null)
        {
            return false;
        }

        var found = await ReconcileStage.FindAsync(context, shard, refused, cancellationToken).ConfigureAwait(false);
        if (found.Count == 0)
        {
            return false;
        }

        var amount = new CostCap(context).Amount(shard, InputTokens(shard), context.ReadRun());
        await context.WriteAsync(
            "submit.found",
            connection =>
            {
                var now = context.NowMilliseconds;
                var intent = refused.State == JobState.Postponed && LedgerJobs.Move(connection, refused.Id, JobState.Postponed, JobState.Intended)
                    ? refused.Id
                    : LedgerJobs.Intend(connection, shard, shard.Attempt + 1, found[0].DisplayName, shard.File!, now);
                LedgerJobs.Move(connection, intent, JobState.Intended, JobState.Live);
                LedgerJobs.SetCreated(connection, intent, found[0], now, 0);
                LedgerJobs.Reserve(connection, intent, shard, amount);
                LedgerShards.Move(connection, shard.Id, ShardState.Staged, ShardState.Submitted);
                found.Skip(1).ToList().ForEach(twin => LedgerJobs.InsertTwin(connection, shard, shard.Attempt, twin, now));
            },
            cancellationToken).ConfigureAwait(false);
        context.Activity.CountJob();
        RunLog.Adopted(context.Logger, context.RunName, found[0].Name);
        return true;
    }

    // Other programs look at the quota too, and pause and cancel: whether a job may be made is decided where its intent is recorded.
    private Task<JobRecord?> IntendAsync(ShardRecord shard, long reservation) => context.WriteAsync<JobRecord?>(
        "submit.intend",
        connection =>
        {
            if (IsStopped(LedgerRuns.Get(connection, context.RunId)) || !HasRoom(connection, shard))
            {
                return null;
            }

            var postponed = LedgerJobs.OfShard(connection, shard.Id).FirstOrDefault(static job => job.State == JobState.Postponed);
            if (postponed is not null)
            {
                LedgerJobs.Move(connection, postponed.Id, JobState.Postponed, JobState.Intended);
            }
            else
            {
                var attempt = shard.Attempt + 1;
                LedgerJobs.Intend(connection, shard, attempt, ShardNames.Job(context.Ledger.Name, context.RunId, shard.Number, attempt), shard.File!, context.NowMilliseconds);
            }

            var intent = LedgerJobs.OfShard(connection, shard.Id).First(static job => job.State == JobState.Intended);
            LedgerJobs.Reserve(connection, intent.Id, shard, reservation);
            if (!LedgerShards.Move(connection, shard.Id, ShardState.Staged, ShardState.Submitted))
            {
                throw new InvalidOperationException($"Shard {shard.Number} was not staged any more.");
            }

            return intent;
        },
        CancellationToken.None);

    private async ValueTask PostponeAsync(ShardRecord shard, JobRecord job, GeminiApiException error)
    {
        var delay = TransientErrors.Delay(context.Options.CreationBackoff, context.Options.MaxCreationBackoff, shard.Errors + 1, error.RetryAfter);
        RunLog.Postponed(context.Logger, context.RunName, delay, error.Message);
        context.Activity.Notice = $"The backend refused a job for its quota; next try in {delay.TotalSeconds:0} s.";
        await context.WriteAsync(
            "submit.postpone",
            connection =>
            {
                LedgerJobs.Move(connection, job.Id, JobState.Intended, JobState.Postponed);
                LedgerShards.Reserve(connection, LedgerShards.Get(connection, shard.Id), 0);
                LedgerShards.Move(connection, shard.Id, ShardState.Submitted, ShardState.Staged);
                LedgerShards.Postpone(connection, shard.Id, context.NowMilliseconds + LedgerTime.Milliseconds(delay), shard.Errors + 1);
            },
            CancellationToken.None).ConfigureAwait(false);
    }

    // The answer says that there is no job. A wrong key, model or permission stops the run, which can go on once that is put right;
    // a file that is refused for its content would be refused again, and ends its rows.
    private async ValueTask RefuseAsync(ShardRecord shard, JobRecord job, GeminiApiException error)
    {
        var isContent = error is { HttpStatus: 400, Status: "INVALID_ARGUMENT", Reason: not "API_KEY_INVALID" } && !error.ServiceMessage.Contains("API key", StringComparison.OrdinalIgnoreCase);
        await context.WriteAsync(
            "submit.refuse",
            connection =>
            {
                LedgerJobs.Move(connection, job.Id, JobState.Intended, JobState.Refused);
                LedgerJobs.SetError(connection, job.Id, null, error.ServiceMessage);
                LedgerShards.Reserve(connection, LedgerShards.Get(connection, shard.Id), 0);
                LedgerShards.Move(connection, shard.Id, ShardState.Submitted, ShardState.Staged);
                if (isContent)
                {
                    ShardHalving.AfterRefusal(connection, context, LedgerShards.Get(connection, shard.Id));
                }
                else if (error.HttpStatus == 403)
                {
                    // Also the answer for a file that is gone: it is uploaded again when the run goes on.
                    LedgerShards.Move(connection, shard.Id, ShardState.Staged, ShardState.Packed);
                }
            },
            CancellationToken.None).ConfigureAwait(false);
        if (!isContent)
        {
            throw error;
        }

        RunLog.Halved(context.Logger, context.RunName, job.DisplayName, shard.Number, shard.Rows);
        context.Activity.Notice = $"A job was refused for its content and is sent in halves until the rows are found: {error.ServiceMessage}";
    }
}
