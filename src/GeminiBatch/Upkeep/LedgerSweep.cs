namespace GeminiBatch;

/// <summary>Jobs and files at the backend that carry the ledger's name: finds what nothing in the ledger stands for any more. What carries another name is never touched.</summary>
internal sealed class LedgerSweep(ExtractionEngine engine)
{
    private const int NotFound = 404;

    /// <summary>Jobs that run and that no row of the ledger names. Runs that a program drives look after their own.</summary>
    public async IAsyncEnumerable<SweptJob> StrayJobsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var job in engine.Backend.ListJobsAsync(ShardNames.LedgerPrefix(engine.Ledger.Name), cancellationToken).ConfigureAwait(false))
        {
            // As one snapshot: a job goes from searched for to named while its run's lease comes and goes.
            var isKnown = job.IsTerminal || engine.Ledger.ReadSnapshot(connection =>
                LedgerJobs.HasName(connection, job.Name) || LedgerJobs.IsSearchedFor(connection, job.DisplayName) || IsOfHeldRun(connection, job.DisplayName));
            if (!isKnown)
            {
                yield return new(job.Name, job.DisplayName, job.RawState);
            }
        }
    }

    /// <summary>Cancels the stray jobs.</summary>
    public async IAsyncEnumerable<SweptJob> CancelStrayJobsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var job in StrayJobsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await IsThereAsync(engine.Backend.CancelJobAsync(job.Name, cancellationToken)).ConfigureAwait(false))
            {
                yield return job;
            }
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
            // Others were deleted since it was looked at, and a run may need it by now.
            if (!IsNeeded(file.Name) && await IsThereAsync(engine.Backend.DeleteFileAsync(file.Name, cancellationToken)).ConfigureAwait(false))
            {
                yield return file;
            }
        }
    }

    // A program that drives a run may have uploaded a file that it has not recorded yet.
    private bool IsNeeded(string name) => engine.Ledger.ReadSnapshot(connection =>
        connection.Number("SELECT 1 FROM shards WHERE state < 3 AND file = $1 LIMIT 1", name) is not null || IsOfHeldRun(connection, name[(name.LastIndexOf('/') + 1)..]));

    private bool IsOfHeldRun(LedgerConnection connection, string name) => LedgerRuns.List(connection).Any(run =>
        name.StartsWith(ShardNames.JobPrefix(engine.Ledger.Name, run.Id), StringComparison.Ordinal) && RunLease.IsHeld(connection, engine.Time, run.Id));

    // What is gone already needs no removal.
    private static async Task<bool> IsThereAsync(ValueTask removal)
    {
        try
        {
            await removal.ConfigureAwait(false);
            return true;
        }
        catch (GeminiApiException error) when (error.HttpStatus == NotFound)
        {
            return false;
        }
    }
}
