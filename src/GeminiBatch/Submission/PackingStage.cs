namespace GeminiBatch;

/// <summary>Planned rows become shards: new rows at once, rows to be retried when a shard is full of them or nothing else is under way.</summary>
internal sealed class PackingStage(RunContext context) : IRunStage
{
    private readonly RowPreview _rows = new(context.Engine, context.RunId);

    public async ValueTask<StageStep> StepAsync(CancellationToken cancellationToken)
    {
        var run = context.ReadRun();
        if (run.IsCancelling)
        {
            return StageStep.Idle;
        }

        if (run.StormUntil is { } until)
        {
            return await ProbeAsync(until, cancellationToken).ConfigureAwait(false);
        }

        var (hasNew, retries, hasOpen) = context.Ledger.Read(connection => (
            Waiting(connection, isRetry: false, limit: 1) > 0, Waiting(connection, isRetry: true, limit: _rows.MaxRows), LedgerShards.HasOpen(connection, context.RunId)));
        var packsRetries = retries > 0 && (retries >= _rows.MaxRows || !(hasOpen || hasNew));
        if (!hasNew && !packsRetries)
        {
            return StageStep.Idle;
        }

        FailureGate.Require(context, run);
        await context.WriteAsync(
            "pack",
            connection =>
            {
                foreach (var shard in _rows.Pack(connection, isRetry: !hasNew))
                {
                    LedgerShards.Insert(connection, context.RunId, shard);
                }
            },
            cancellationToken).ConfigureAwait(false);
        return StageStep.Done;
    }

    // While a storm lasts nothing is sent but, when its pause is over, a few rows.
    private async ValueTask<StageStep> ProbeAsync(long until, CancellationToken cancellationToken)
    {
        var (hasProbe, unsent, planned) = context.Ledger.Read(connection => (
            connection.Number("SELECT 1 FROM shards WHERE run = $1 AND state < 3 AND probe = 1 LIMIT 1", context.RunId) is not null,
            LedgerShards.List(connection, context.RunId, ShardState.Packed),
            connection.Number("SELECT 1 FROM rows WHERE run = $1 AND state = 0 AND items > 0 LIMIT 1", context.RunId) is not null));
        if (hasProbe)
        {
            return StageStep.Idle;
        }

        if (until > context.NowMilliseconds)
        {
            return StageStep.WaitUntil(until);
        }

        if (!planned && unsent.Count == 0)
        {
            // Nothing is small enough to try with, or nothing is left: what is staged goes as it is.
            await context.WriteAsync("storm.over", connection => connection.Execute("UPDATE runs SET storm_until = NULL WHERE id = $1", context.RunId), cancellationToken).ConfigureAwait(false);
            return StageStep.Done;
        }

        await context.WriteAsync(
            "pack.probe",
            connection =>
            {
                if (planned)
                {
                    LedgerShards.Insert(connection, context.RunId, _rows.Probe(connection));
                }
                else
                {
                    LedgerShards.Split(connection, unsent[0], TransientStorm.ProbeRows, isProbe: true);
                }
            },
            cancellationToken).ConfigureAwait(false);
        return StageStep.Done;
    }

    private long Waiting(LedgerConnection connection, bool isRetry, int limit) => connection.Number(
        "SELECT count(*) FROM (SELECT 1 FROM rows WHERE run = $1 AND state = 0 AND items > 0 AND (attempt > 0) = $2 LIMIT $3)", context.RunId, isRetry ? 1 : 0, limit)!.Value;
}
