using Microsoft.Extensions.Logging;

namespace GeminiBatch;

/// <summary>Decides on every row of a collected job that has no success: another attempt under its own key where that can help, or the end with a reason.</summary>
internal sealed class SettlementStage(RunContext context) : IRunStage
{
    private const int PageRows = 2_000;

    public async ValueTask<StageStep> StepAsync(CancellationToken cancellationToken)
    {
        var collected = context.Ledger.Read(connection => LedgerJobs.List(connection, context.RunId, JobState.Collected));
        if (collected.Count == 0)
        {
            return StageStep.Idle;
        }

        await SettleAsync(collected[0], cancellationToken).ConfigureAwait(false);
        return StageStep.Done;
    }

    private async ValueTask SettleAsync(JobRecord job, CancellationToken cancellationToken)
    {
        context.Activity.Phase = RunPhase.Settling;
        var (run, shard) = context.Ledger.Read(connection => (LedgerRuns.Get(connection, context.RunId), LedgerShards.Get(connection, job.Shard)));
        var verdict = JobVerdict.Of(job.BackendState, job.ErrorCode);
        var (after, retried, failed) = (0L, 0L, 0L);
        while (true)
        {
            var settled = await context.WriteAsync("settle.rows", connection => SettlePage(connection, run, shard, job, verdict, after), cancellationToken).ConfigureAwait(false);
            retried += settled.Retried;
            failed += settled.Failed;
            if (settled.Last is not { } last)
            {
                break;
            }

            after = last;
        }

        await context.WriteAsync("settle.finish", connection => Finish(connection, shard, job, verdict), cancellationToken).ConfigureAwait(false);
        RunLog.Settled(context.Logger, context.RunName, shard.Number, retried, failed);
    }

    private (long? Last, long Retried, long Failed) SettlePage(LedgerConnection connection, RunRecord run, ShardRecord shard, JobRecord job, JobVerdict verdict, long after)
    {
        var settlement = new RowSettlement(connection, context);
        var rows = RowSettlement.Undecided(connection, shard, after, PageRows, verdict.Reason);
        foreach (var row in rows)
        {
            var reason = row.IsMissing ? verdict.Reason : row.Reason!;

            // Cancelled at the user's word: the row waits for the run to go on and loses no attempt.
            if (row.IsMissing && job is { Cancellation: JobCancellation.ByUser, BackendState: nameof(GeminiBatchState.Cancelled) })
            {
                settlement.Retry(row, shard.Id, reason, new(true, null), isFree: true);
                continue;
            }

            var decision = RowDecision.Of(row.IsMissing ? verdict.Advice : row.Advice, row.Attempt - row.Granted, run.MaxAttempts, row.IsRepeated, LimitsOf(row, shard.Model));
            if (decision.Retries)
            {
                settlement.Retry(row, shard.Id, reason, decision, isFree: false);
            }
            else if (row.IsMissing && verdict.IsHalved && shard.Rows > 1)
            {
                // Left in flight: the rows that are missing at the end become two shards.
                continue;
            }
            else
            {
                settlement.Fail(row, reason);
            }
        }

        settlement.WriteCounts();
        return (rows.Count == 0 ? null : rows[^1].Id, settlement.RetriedRows, settlement.FailedRows);
    }

    private void Finish(LedgerConnection connection, ShardRecord shard, JobRecord job, JobVerdict verdict)
    {
        if (!LedgerJobs.Move(connection, job.Id, JobState.Collected, JobState.Settled))
        {
            return;
        }

        TransientStorm.Judge(connection, context, shard, job);
        var left = connection.Number("SELECT count(*) FROM rows WHERE id BETWEEN $1 AND $2 AND shard = $3 AND state = 1", shard.FirstRow, shard.LastRow, shard.Id)!.Value;
        if (left > 0)
        {
            ShardHalving.AfterFailure(connection, shard, verdict.Reason, left);
            return;
        }

        LedgerShards.Reserve(connection, LedgerShards.Get(connection, shard.Id), 0);
        LedgerShards.Move(connection, shard.Id, ShardState.Submitted, ShardState.Settled);
    }

    private OutputLimits LimitsOf(UndecidedRow row, string model)
    {
        var settings = context.Recipes.Get(row.Recipe).Recipe.Settings;
        var facts = context.Catalogue.Find(model);
        return new(row.OutputBudget ?? settings?.MaxOutputTokens, facts?.OutputTokens, ThinkingText.Read(row.Thinking) ?? settings?.Thinking, facts?.Thinking);
    }
}
