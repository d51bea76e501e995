namespace GeminiBatch;

/// <summary>Lets a run go on with another key of the project that it belongs to: one that can read the run's own job.</summary>
internal static class KeyRotation
{
    /// <summary>Binds the run to the key of today where that key sees the run's latest job; changes nothing otherwise, and the run is refused as before.</summary>
    public static async ValueTask FollowAsync(ExtractionEngine engine, string name, CancellationToken cancellationToken)
    {
        var identity = engine.Backend.Identity;
        var (run, job) = engine.Ledger.Read(connection =>
        {
            var known = LedgerRuns.Find(connection, name);
            return (known, known is null ? null : connection.Text("SELECT name FROM jobs WHERE run = $1 AND name IS NOT NULL ORDER BY id DESC LIMIT 1", known.Id));
        });
        if (run is null || job is null || run.Backend == identity || !IsKey(identity) || run.Backend with { Account = identity.Account } != identity || !IsKey(run.Backend))
        {
            return;
        }

        try
        {
            await engine.Backend.GetJobAsync(job, cancellationToken).ConfigureAwait(false);
        }
        catch (GeminiApiException error) when (!error.IsTransient)
        {
            return;
        }

        await engine.Ledger.WriteAsync(connection => LedgerRuns.SetBackend(connection, run.Id, identity), cancellationToken).ConfigureAwait(false);
        RunLog.KeyFollowed(engine.Logger, name, run.Backend.Account, identity.Account);
    }

    // A project's name is known for what it is; of two keys only a job tells whether they are of one project.
    private static bool IsKey(BackendIdentity identity) => identity.Kind == "developer" && identity.Account.StartsWith("k-", StringComparison.Ordinal);
}
