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

        await context.WriteAsync(
            "settle.finish",
            connection =>
            {
                if (LedgerJobs.Move(connection, job.Id, JobState.Collected, JobState.Settled))
                {
                    LedgerShards.Reserve(connection, LedgerShards.Get(connection, shard.Id), 0);
                    LedgerShards.Move(connection, shard.Id, ShardState.Submitted, ShardState.Settled);
                }
            },
            cancellationToken).ConfigureAwait(false);
        RunLog.Settled(context.Logger, context.RunName, shard.Number, retried, failed);
    }

    private (long? Last, long Retried, long Failed) SettlePage(LedgerConnection connection, RunRecord run, ShardRecord shard, JobRecord job, JobVerdict verdict, long after)
    {
        var settlement = new RowSettlement(connection, context);
        var rows = RowSettlement.Undecided(connection, shard, after, PageRows);
        var window = context.Catalogue.Find(shard.Model)?.OutputTokens;
        foreach (var row in rows)
        {
            var isMissing = row.State == RowState.InFlight;
            var reason = isMissing ? verdict.Reason : row.Reason!;

            // Cancelled at the user's word: the row waits for the run to go on and loses no attempt.
            if (isMissing && run.IsCancelling && job.BackendState == nameof(GeminiBatchState.Cancelled))
            {
                settlement.Retry(row, shard.Id, reason, row.OutputBudget, isFree: true);
                continue;
            }

            var budget = row.OutputBudget ?? context.Recipes.Get(row.Recipe).Recipe.Settings?.MaxOutputTokens;
            var decision = RowDecision.Of(isMissing ? verdict.Advice : row.Advice, row.Attempt - row.Granted, run.MaxAttempts, budget, window);
            if (decision.Retries)
            {
                settlement.Retry(row, shard.Id, reason, decision.LargerBudget ?? row.OutputBudget, isFree: false);
            }
            else
            {
                settlement.Fail(row, reason);
            }
        }

        settlement.WriteCounts();
        return (rows.Count == 0 ? null : rows[^1].Id, settlement.RetriedRows, settlement.FailedRows);
    }
}
