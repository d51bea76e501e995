using Microsoft.Extensions.Logging;

namespace GeminiBatch;

/// <summary>Brings packed shards to the backend as files, as many as may become jobs now.</summary>
internal sealed class StagingStage(RunContext context) : IRunStage
{
    private const string BatchFileType = "application/jsonl";

    public async ValueTask<StageStep> StepAsync(CancellationToken cancellationToken)
    {
        var run = context.ReadRun();
        if (run.IsCancelling)
        {
            return StageStep.Idle;
        }

        var (packed, staged, alive) = context.Ledger.Read(connection => (
            LedgerShards.List(connection, context.RunId, ShardState.Packed),
            LedgerShards.List(connection, context.RunId, ShardState.Staged).Count,
            LedgerJobs.CountAlive(connection, context.RunId)));
        if (run.StormUntil is not null)
        {
            packed = [.. packed.Where(static shard => shard.IsProbe)];
        }

        if (packed.Count == 0 || staged + alive >= JobQuota.Share(context))
        {
            return StageStep.Idle;
        }

        var shard = packed.FirstOrDefault(shard => shard.DueAt is null || shard.DueAt <= context.NowMilliseconds);
        if (shard is null)
        {
            return StageStep.WaitUntil(packed.Min(static packedShard => packedShard.DueAt));
        }

        FailureGate.Require(context, run);
        new CostCap(context).RequireRoomFor(run);
        try
        {
            await StageAsync(shard, cancellationToken).ConfigureAwait(false);
            return StageStep.Done;
        }
        catch (RefusedContentException refused)
        {
            RunLog.ContentRefused(context.Logger, context.RunName, refused.Key, refused.Message);
            await context.WriteAsync("stage.refused", connection => EndRow(connection, shard, refused), cancellationToken).ConfigureAwait(false);
            return StageStep.Done;
        }
        catch (Exception error) when (TransientErrors.IsTransient(error) && !cancellationToken.IsCancellationRequested && shard.Errors + 1 < context.Options.MaxConsecutiveErrors)
        {
            var delay = TransientErrors.Postpone(context, "upload of shard", shard.Number, shard.Errors + 1, error);
            await context.WriteAsync(
                "stage.postpone", connection => LedgerShards.Postpone(connection, shard.Id, context.NowMilliseconds + LedgerTime.Milliseconds(delay), shard.Errors + 1), cancellationToken).ConfigureAwait(false);
            return StageStep.Done;
        }
    }

    private void EndRow(LedgerConnection connection, ShardRecord shard, RefusedContentException refused)
    {
        var settlement = new RowSettlement(connection, context);
        foreach (var row in RowSettlement.Undecided(connection, shard, refused.Row - 1, limit: 1, RowReasons.ContentRefused))
        {
            settlement.Fail(row, RowReasons.ContentRefused, refused.Message);
        }

        settlement.WriteCounts();
        connection.Execute("UPDATE shards SET rows = rows - 1 WHERE id = $1", shard.Id);
        if (shard.Rows <= 1)
        {
            LedgerShards.Move(connection, shard.Id, ShardState.Packed, ShardState.Settled);
        }
    }

    private async ValueTask StageAsync(ShardRecord shard, CancellationToken cancellationToken)
    {
        context.Activity.Phase = RunPhase.Submitting;
        using var activity = Telemetry.Start(context, "gemini_batch.stage")?.SetTag("gemini_batch.shard", shard.Number);
        var rendered = await new ShardRenderer(context).RenderAsync(shard, cancellationToken).ConfigureAwait(false);
        try
        {
            var name = ShardNames.File(context.Ledger.Name, context.RunId, shard.Number);
            context.At("stage.upload:before");
            var staged = await context.Backend.StageAsync(
                new StagingFile
                {
                    Name = name,
                    DisplayName = name,
                    MimeType = BatchFileType,
                    Size = rendered.Size,
                    Sha256 = rendered.Sha256,
                    Open = _ => ValueTask.FromResult<Stream>(PrivateFiles.Open(rendered.Path, FileMode.Open, FileAccess.Read, bufferSize: 128 * 1024)),
                },
                cancellationToken).ConfigureAwait(false);
            context.At("stage.upload:after");
            await context.WriteAsync(
                "stage.record",
                connection =>
                {
                    if (LedgerShards.Move(connection, shard.Id, ShardState.Packed, ShardState.Staged))
                    {
                        LedgerShards.SetFile(connection, shard.Id, staged.Name, StageStep.Earliest(LedgerTime.From(staged.ExpiresAt), rendered.MediaExpireAt));
                    }
                },
                cancellationToken).ConfigureAwait(false);
            RunLog.Staged(context.Logger, context.RunName, shard.Number, shard.Rows, rendered.Size);
        }
        finally
        {
            File.Delete(rendered.Path);
        }
    }
}
