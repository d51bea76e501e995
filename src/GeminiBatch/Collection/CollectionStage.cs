using Microsoft.Extensions.Logging;

namespace GeminiBatch;

/// <summary>Streams the result rows of ended jobs into the ledger, joined by key alone. Collected again after a crash, it goes on where it was.</summary>
internal sealed class CollectionStage(RunContext context) : IRunStage
{
    private readonly OutcomeReader _outcomes = new(context);

    public async ValueTask<StageStep> StepAsync(CancellationToken cancellationToken)
    {
        var ended = context.Ledger.Read(connection => LedgerJobs.List(connection, context.RunId, JobState.Ended));
        if (ended.FirstOrDefault(job => job.DueAt is null || job.DueAt <= context.NowMilliseconds) is not { } job)
        {
            return StageStep.WaitUntil(ended.Min(static waiting => waiting.DueAt));
        }

        try
        {
            await CollectAsync(job, cancellationToken).ConfigureAwait(false);
        }
        catch (GeminiApiException error) when (error.HttpStatus is 403 or 404)
        {
            // Result files live for 48 hours (protocol: 1.7).
            await FinishAsync(job, RowReasons.ResultsExpired, $"The result file cannot be read any more: {error.ServiceMessage}", cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (TransientErrors.IsTransient(error) && !cancellationToken.IsCancellationRequested && job.Errors + 1 < context.Options.MaxConsecutiveErrors)
        {
            var delay = TransientErrors.Delay(context.Options.RetryInterval, context.Options.MaxPollInterval, job.Errors + 1, TransientErrors.Asked(error));
            RunLog.Retrying(context.Logger, context.RunName, "download for shard", job.Shard, delay, error.Message);
            await context.WriteAsync("collect.postpone", connection => LedgerJobs.Postpone(connection, job.Id, context.NowMilliseconds + LedgerTime.Milliseconds(delay), job.Errors + 1), cancellationToken).ConfigureAwait(false);
        }

        return StageStep.Done;
    }

    private async ValueTask CollectAsync(JobRecord job, CancellationToken cancellationToken)
    {
        if (job.BackendState == WatchStage.Missing)
        {
            await FinishAsync(job, null, null, cancellationToken).ConfigureAwait(false);
            return;
        }

        context.Activity.Phase = RunPhase.Collecting;
        using var activity = Telemetry.Source.StartActivity("gemini_batch.collect");
        context.At("collect.get:before");
        var remote = await context.Backend.GetJobAsync(job.Name!, cancellationToken).ConfigureAwait(false);
        if (remote.HasResults)
        {
            var lines = 0L;
            var size = 0;
            var chunk = new List<ReadOnlyMemory<byte>>(ResultChunk.Rows);
            await foreach (var line in context.Backend.ReadResultLinesAsync(remote, cancellationToken).ConfigureAwait(false))
            {
                // A result file does not change: what a program that died has stored is its beginning.
                if (++lines <= job.Lines)
                {
                    continue;
                }

                chunk.Add(line.ToArray());
                size += line.Length;
                if (chunk.Count >= ResultChunk.Rows || size >= ResultChunk.Bytes)
                {
                    await StoreAsync(job, chunk, lines, cancellationToken).ConfigureAwait(false);
                    chunk.Clear();
                    size = 0;
                }
            }

            if (chunk.Count > 0)
            {
                await StoreAsync(job, chunk, lines, cancellationToken).ConfigureAwait(false);
            }
        }

        await FinishAsync(job, null, null, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask StoreAsync(JobRecord job, List<ReadOnlyMemory<byte>> chunk, long lines, CancellationToken cancellationToken)
    {
        var rows = chunk.ConvertAll(ResultRowReader.Read);
        var known = context.Ledger.Read(connection => rows.ConvertAll(row => Find(connection, job, row)));
        var collected = new CollectedRow[rows.Count];
        for (var i = 0; i < collected.Length; i++)
        {
            collected[i] = known[i] is { } row ? _outcomes.Decide(rows[i], row.Id, context.Recipes.Get(row.Recipe)) : new CollectedRow();
        }

        var body = ResultChunk.Encode(chunk);
        await context.WriteAsync("collect.chunk", connection => new ChunkWriter(context, job).Write(connection, collected, body, lines), cancellationToken).ConfigureAwait(false);
    }

    private (long Id, long Recipe)? Find(LedgerConnection connection, JobRecord job, ResultRow row)
    {
        if (row.Key is null || !RowKey.TryParse(row.Key, out var key))
        {
            return null;
        }

        using var reader = connection.Query("SELECT id, recipe FROM rows WHERE run = $1 AND key = $2 AND shard = $3", context.RunId, key.ToBytes(), job.Shard);
        return reader.Read() ? (reader.GetInt64(0), reader.GetInt64(1)) : null;
    }

    private async ValueTask FinishAsync(JobRecord job, string? state, string? error, CancellationToken cancellationToken)
    {
        var counts = await context.WriteAsync(
            "collect.finish",
            connection =>
            {
                if (!LedgerJobs.Move(connection, job.Id, JobState.Ended, JobState.Collected))
                {
                    return default;
                }

                if (state is not null)
                {
                    LedgerJobs.SetEnded(connection, job.Id, state, context.NowMilliseconds, null, error);
                }

                var shard = LedgerShards.Get(connection, job.Shard);
                var missing = connection.Number("SELECT count(*) FROM rows WHERE id BETWEEN $1 AND $2 AND shard = $3 AND state = 1", shard.FirstRow, shard.LastRow, shard.Id)!.Value;
                connection.Execute("UPDATE jobs SET missing_keys = $2 WHERE id = $1", job.Id, missing);
                using var reader = connection.Query("SELECT lines, unknown_keys, duplicate_keys FROM jobs WHERE id = $1", job.Id);
                reader.Read();
                return (Lines: reader.GetInt64(0), Missing: missing, Unknown: reader.GetInt64(1), Duplicates: reader.GetInt64(2));
            },
            cancellationToken).ConfigureAwait(false);
        RunLog.Collected(context.Logger, context.RunName, job.Name!, counts.Lines, counts.Missing, counts.Unknown, counts.Duplicates);
    }
}
