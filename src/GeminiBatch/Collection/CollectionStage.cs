using Microsoft.Extensions.Logging;

namespace GeminiBatch;

/// <summary>Streams the result rows of ended jobs into the ledger, joined by key alone. Collected again after a crash, it goes on where it was.</summary>
internal sealed class CollectionStage(RunContext context) : IRunStage
{
    private const int CancelledCode = 1;
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
        catch (Exception error) when (TransientErrors.IsTransient(error) && !cancellationToken.IsCancellationRequested && job.Errors + 1 < context.Options.MaxConsecutiveErrors)
        {
            var delay = TransientErrors.Postpone(context, "download for shard", job.Shard, job.Errors + 1, error);
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
        using var activity = Telemetry.Start(context, "gemini_batch.collect")?.SetTag("gemini_batch.job", job.Name);
        context.At("collect.get:before");
        var remote = await context.Backend.GetJobAsync(job.Name!, cancellationToken).ConfigureAwait(false);
        if (remote.HasResults)
        {
            try
            {
                await ReadAsync(job, remote, cancellationToken).ConfigureAwait(false);
            }
            catch (GeminiApiException error) when (error.HttpStatus is 403 or 404)
            {
                // Gone for good only when its time is over: a 403 may also mean an account that is blocked today.
                if (!IsExpired(job, remote))
                {
                    throw;
                }

                await FinishAsync(job, RowReasons.ResultsExpired, $"The result file cannot be read any more: {error.ServiceMessage}", cancellationToken).ConfigureAwait(false);
                return;
            }
        }
        else if (job.BackendState is nameof(GeminiBatchState.Succeeded) or nameof(GeminiBatchState.PartiallySucceeded))
        {
            await AwaitResultsAsync(job, remote, cancellationToken).ConfigureAwait(false);
            return;
        }

        await FinishAsync(job, null, null, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ReadAsync(JobRecord job, GeminiBatchJob remote, CancellationToken cancellationToken)
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

    // A job may say that it succeeded before it shows its results, and an answer may be older than the one before it (protocol: 1.5).
    private async ValueTask AwaitResultsAsync(JobRecord job, GeminiBatchJob remote, CancellationToken cancellationToken)
    {
        if (IsExpired(job, remote))
        {
            await FinishAsync(job, RowReasons.ResultsExpired, "The job succeeded and has shown no results for as long as results are kept.", cancellationToken).ConfigureAwait(false);
            return;
        }

        var delay = TransientErrors.Delay(context.Options.RetryInterval, context.Options.MaxPollInterval, job.Errors + 1, null);
        await context.WriteAsync(
            "collect.await", connection => LedgerJobs.Postpone(connection, job.Id, context.NowMilliseconds + LedgerTime.Milliseconds(delay), job.Errors + 1), cancellationToken).ConfigureAwait(false);
    }

    private bool IsExpired(JobRecord job, GeminiBatchJob remote)
    {
        var lifetime = context.Backend.Limits.FileLifetime;
        return lifetime != TimeSpan.MaxValue && (remote.EndTime ?? job.EndedAt) is { } ended && context.Now - ended >= lifetime;
    }

    private async ValueTask StoreAsync(JobRecord job, List<ReadOnlyMemory<byte>> chunk, long lines, CancellationToken cancellationToken)
    {
        var rows = chunk.ConvertAll(ResultRowReader.Read);
        var (known, run) = context.Ledger.Read(connection => (rows.ConvertAll(row => Find(connection, job, row)), LedgerRuns.Get(connection, context.RunId)));
        var collected = new CollectedRow[rows.Count];
        for (var i = 0; i < collected.Length; i++)
        {
            collected[i] = known[i] is { } row && !IsUnanswered(job, rows[i])
                ? _outcomes.Decide(rows[i], row.Id, row.Tokens, context.Recipes.Get(row.Recipe), run)
                : new CollectedRow();
        }

        var body = ResultChunk.Encode(chunk);
        await context.WriteAsync("collect.chunk", connection => new ChunkWriter(context, job).Write(connection, collected, body, lines), cancellationToken).ConfigureAwait(false);
    }

    // A cancelled job returns the rows that it has not answered as errors (protocol: 10, no. 50): they are as good as missing.
    private static bool IsUnanswered(JobRecord job, ResultRow row) => row.ErrorCode == CancelledCode && job.BackendState == nameof(GeminiBatchState.Cancelled);

    private (long Id, long Recipe, long Tokens)? Find(LedgerConnection connection, JobRecord job, ResultRow row)
    {
        if (row.Key is null || !RowKey.TryParse(row.Key, out var key))
        {
            return null;
        }

        using var reader = connection.Query("SELECT id, recipe, tokens FROM rows WHERE run = $1 AND key = $2 AND shard = $3", context.RunId, key.ToBytes(), job.Shard);
        return reader.Read() ? (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)) : null;
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
