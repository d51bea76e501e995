namespace GeminiBatch;

/// <summary>Jobs and files at the backend that carry the ledger's name: finds what nothing in the ledger stands for any more. What carries another name is never touched.</summary>
internal sealed class LedgerSweep(ExtractionEngine engine)
{
    private const int NotFound = 404;

    /// <summary>Cancels jobs that run and that no row of the ledger names. Runs that a program drives look after their own.</summary>
    public async IAsyncEnumerable<SweptJob> JobsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var job in engine.Backend.ListJobsAsync(ShardNames.LedgerPrefix(engine.Ledger.Name), cancellationToken).ConfigureAwait(false))
        {
            var isKnown = engine.Ledger.Read(connection =>
                LedgerJobs.HasName(connection, job.Name) || LedgerJobs.IsSearchedFor(connection, job.DisplayName)
                || LedgerRuns.List(connection).Any(run => job.DisplayName.StartsWith(ShardNames.JobPrefix(engine.Ledger.Name, run.Id), StringComparison.Ordinal) && RunLease.IsHeld(connection, engine.Time, run.Id)));
            if (isKnown || job.IsTerminal)
            {
                continue;
            }

            try
            {
                await engine.Backend.CancelJobAsync(job.Name, cancellationToken).ConfigureAwait(false);
            }
            catch (GeminiApiException error) when (error.HttpStatus == NotFound)
            {
                continue;
            }

            yield return new(job.Name, job.DisplayName, job.RawState);
        }
    }

    /// <summary>Deletes batch files that are old enough and that no open shard needs.</summary>
    public async IAsyncEnumerable<StoredObject> FilesAsync(string prefix, TimeSpan olderThan, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var now = engine.Time.GetUtcNow();
        var stored = new List<StoredObject>();
        await foreach (var file in engine.Backend.ListFilesAsync(prefix, cancellationToken).ConfigureAwait(false))
        {
            if (file.CreatedAt is { } created && now - created >= olderThan && !IsNeeded(file.Name))
            {
                stored.Add(file);
            }
        }

        foreach (var file in stored)
        {
            await engine.Backend.DeleteFileAsync(file.Name, cancellationToken).ConfigureAwait(false);
            yield return file;
        }
    }

    private bool IsNeeded(string name) => engine.Ledger.Read(connection => connection.Number("SELECT 1 FROM shards WHERE state < 3 AND file = $1 LIMIT 1", name) is not null);
}
