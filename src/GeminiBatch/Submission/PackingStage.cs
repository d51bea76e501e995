namespace GeminiBatch;

/// <summary>Planned rows become shards: new rows at once, rows to be retried when a shard is full of them or nothing else is under way.</summary>
internal sealed class PackingStage(RunContext context) : IRunStage
{
    private readonly RowPreview _rows = new(context.Engine, context.RunId);

    public async ValueTask<StageStep> StepAsync(CancellationToken cancellationToken)
    {
        if (context.ReadRun().IsCancelling)
        {
            return StageStep.Idle;
        }

        var (hasNew, retries, hasOpen) = context.Ledger.Read(connection => (
            Waiting(connection, isRetry: false, limit: 1) > 0, Waiting(connection, isRetry: true, limit: _rows.MaxRows), LedgerShards.HasOpen(connection, context.RunId)));
        var packsRetries = retries > 0 && (retries >= _rows.MaxRows || !(hasOpen || hasNew));
        if (!hasNew && !packsRetries)
        {
            return StageStep.Idle;
        }

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

    private long Waiting(LedgerConnection connection, bool isRetry, int limit) => connection.Number(
        "SELECT count(*) FROM (SELECT 1 FROM rows WHERE run = $1 AND state = 0 AND items > 0 AND (attempt > 0) = $2 LIMIT $3)", context.RunId, isRetry ? 1 : 0, limit)!.Value;
}
