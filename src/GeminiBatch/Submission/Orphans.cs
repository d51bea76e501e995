namespace GeminiBatch;

/// <summary>
/// Jobs at the backend that carry the run's name and that the ledger does not name, as after a restore from a copy. Looked for once, before anything is
/// created: such a job is taken for its shard instead of a second one, and what is left over is cancelled.
/// </summary>
internal sealed class Orphans(RunContext context)
{
    private List<GeminiBatchJob>? _found;

    /// <summary>Takes a job that exists for a shard that is about to get one, and holds back what it may cost.</summary>
    public async ValueTask<bool> AdoptAsync(ShardRecord shard, Func<long> amountOf, CancellationToken cancellationToken)
    {
        _found ??= await FindAsync(cancellationToken).ConfigureAwait(false);
        var own = _found.Where(job => ShardNames.Parse(context.Ledger.Name, context.RunId, job.DisplayName)?.Shard == shard.Number).ToList();
        if (own.Count == 0)
        {
            return false;
        }

        _found.RemoveAll(own.Contains);

        // Results that are there before those to come, and none that failed.
        var best = own.Where(IsUsable).OrderByDescending(static job => job.HasResults).ThenBy(static job => job.CreateTime).FirstOrDefault();
        var amount = best is null ? 0 : amountOf();
        await context.WriteAsync("submit.adopt", connection => Record(connection, shard, own, best, amount), cancellationToken).ConfigureAwait(false);
        if (best is not null)
        {
            RunLog.Adopted(context.Logger, context.RunName, best.Name);
        }

        return best is not null;
    }

    private void Record(LedgerConnection connection, ShardRecord shard, List<GeminiBatchJob> own, GeminiBatchJob? best, long amount)
    {
        var now = context.NowMilliseconds;
        foreach (var job in own)
        {
            var (_, attempt) = ShardNames.Parse(context.Ledger.Name, context.RunId, job.DisplayName)!.Value;
            shard = LedgerShards.Get(connection, shard.Id);
            if (job == best)
            {
                var intent = LedgerJobs.Intend(connection, shard, Math.Max(attempt, shard.Attempt + 1), job.DisplayName, shard.File!, now);
                LedgerJobs.Move(connection, intent, JobState.Intended, JobState.Live);
                LedgerJobs.SetCreated(connection, intent, job, now, 0);
                LedgerJobs.Reserve(connection, intent, shard, amount);
                LedgerShards.Move(connection, shard.Id, ShardState.Staged, ShardState.Submitted);
            }
            else
            {
                LedgerJobs.InsertTwin(connection, shard, Math.Max(attempt, shard.Attempt), job, now);
                connection.Execute("UPDATE shards SET attempt = max(attempt, $2) WHERE id = $1", shard.Id, attempt);
            }
        }
    }

    private static bool IsUsable(GeminiBatchJob job) => job.State is not (GeminiBatchState.Failed or GeminiBatchState.Cancelled or GeminiBatchState.Expired);

    private async ValueTask<List<GeminiBatchJob>> FindAsync(CancellationToken cancellationToken)
    {
        var found = new List<GeminiBatchJob>();
        context.At("submit.orphans:before");
        await foreach (var job in context.Backend.ListJobsAsync(ShardNames.JobPrefix(context.Ledger.Name, context.RunId), cancellationToken).ConfigureAwait(false))
        {
            if (!context.Ledger.Read(connection => LedgerJobs.HasName(connection, job.Name) || LedgerJobs.IsSearchedFor(connection, job.DisplayName)))
            {
                found.Add(job);
            }
        }

        return found;
    }
}
