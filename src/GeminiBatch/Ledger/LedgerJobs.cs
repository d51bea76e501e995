namespace GeminiBatch;

/// <summary>Jobs in the ledger; every change of state is a compare-and-set.</summary>
internal static class LedgerJobs
{
    private const string ByState = $"SELECT {JobRecord.Columns} FROM jobs WHERE run = $1 AND state = $2 ORDER BY id";
    private const string ByShard = $"SELECT {JobRecord.Columns} FROM jobs WHERE shard = $1 ORDER BY id DESC";

    public static IReadOnlyList<JobRecord> List(LedgerConnection connection, long run, JobState state) => connection.List(ByState, JobRecord.Read, run, (int)state);

    public static IReadOnlyList<JobRecord> OfShard(LedgerConnection connection, long shard) => connection.List(ByShard, JobRecord.Read, shard);

    /// <summary>Jobs that are at the backend, or may be.</summary>
    public static long CountAlive(LedgerConnection connection, long run) => connection.Number("SELECT count(*) FROM jobs WHERE run = $1 AND state IN (0, 1, 3)", run)!.Value;

    /// <summary>Whether something that was sent is not settled yet.</summary>
    public static bool HasUnsettled(LedgerConnection connection, long run) => connection.Number("SELECT 1 FROM jobs WHERE run = $1 AND state IN (0, 1, 3, 4, 5) LIMIT 1", run) is not null;

    public static bool HasName(LedgerConnection connection, string name) => connection.Number("SELECT 1 FROM jobs WHERE name = $1", name) is not null;

    public static long Intend(LedgerConnection connection, ShardRecord shard, int attempt, string displayName, string inputFile, long now)
    {
        connection.Execute(
            "INSERT INTO jobs (run, shard, attempt, state, display_name, input_file, intended_at) VALUES ($1, $2, $3, 0, $4, $5, $6)",
            shard.Run, shard.Id, attempt, displayName, inputFile, now);
        connection.Execute("UPDATE shards SET attempt = $2 WHERE id = $1", shard.Id, attempt);
        return connection.InsertedId();
    }

    /// <summary>Holds an amount back for what the job will cost.</summary>
    public static void Reserve(LedgerConnection connection, long job, ShardRecord shard, long amount)
    {
        connection.Execute("UPDATE jobs SET reserved = $2 WHERE id = $1", job, amount);
        LedgerShards.Reserve(connection, shard, amount);
    }

    /// <summary>Adds to what the job has cost.</summary>
    /// <returns>Whether it has just passed what was held back for it.</returns>
    public static bool Spend(LedgerConnection connection, long job, long amount) => connection.Number(
        "UPDATE jobs SET spent = spent + $2 WHERE id = $1 RETURNING reserved > 0 AND spent > reserved AND spent - $2 <= reserved", job, amount) == 1;

    public static bool Move(LedgerConnection connection, long job, JobState from, JobState to, long? dueAt = null)
    {
        LedgerTransitions.Require(LedgerTransitions.IsAllowed(from, to), from, to);
        return connection.Execute("UPDATE jobs SET state = $3, due_at = $4, errors = 0 WHERE id = $1 AND state = $2", job, (int)from, (int)to, dueAt) == 1;
    }

    /// <summary>Records the job that a creation made.</summary>
    public static void SetCreated(LedgerConnection connection, long job, GeminiBatchJob created, long now, long wait) => connection.Execute(
        "UPDATE jobs SET name = $2, backend_state = $3, created_at = $4, due_at = $5, wait = $6, uncertain_since = NULL WHERE id = $1",
        job, created.Name, created.State.ToString(), LedgerTime.From(created.CreateTime) ?? now, now + wait, wait);

    public static void SetCancellation(LedgerConnection connection, long job, JobCancellation cancellation) =>
        connection.Execute("UPDATE jobs SET cancel = $2 WHERE id = $1", job, (int)cancellation);

    public static void SetWarned(LedgerConnection connection, long job) => connection.Execute("UPDATE jobs SET warned = 1 WHERE id = $1", job);

    public static void SetUncertain(LedgerConnection connection, long job, long now) =>
        connection.Execute("UPDATE jobs SET uncertain_since = $2, due_at = $2 WHERE id = $1", job, now);

    public static void SetMissingSince(LedgerConnection connection, long job, long since) => connection.Execute("UPDATE jobs SET uncertain_since = $2 WHERE id = $1", job, since);

    public static void SetBackendState(LedgerConnection connection, long job, string backendState, long dueAt, long wait) => connection.Execute(
        "UPDATE jobs SET backend_state = $2, due_at = $3, wait = $4, errors = 0, uncertain_since = NULL WHERE id = $1", job, backendState, dueAt, wait);

    public static void SetEnded(LedgerConnection connection, long job, string backendState, long now, int? errorCode, string? errorMessage) => connection.Execute(
        "UPDATE jobs SET backend_state = $2, ended_at = $3, error_code = $4, error_message = $5 WHERE id = $1", job, backendState, now, errorCode, errorMessage);

    public static void SetError(LedgerConnection connection, long job, int? errorCode, string errorMessage) =>
        connection.Execute("UPDATE jobs SET error_code = $2, error_message = $3 WHERE id = $1", job, errorCode, errorMessage);

    public static void Postpone(LedgerConnection connection, long job, long? dueAt, int errors) =>
        connection.Execute("UPDATE jobs SET due_at = $2, errors = $3 WHERE id = $1", job, dueAt, errors);

    /// <summary>Whether an intent of that name waits for its job to be found, or was given up.</summary>
    public static bool IsSearchedFor(LedgerConnection connection, string displayName) =>
        connection.Number("SELECT 1 FROM jobs WHERE display_name = $1 AND state IN (0, 1, 7) LIMIT 1", displayName) is not null;

    public static void InsertTwin(LedgerConnection connection, ShardRecord shard, int attempt, GeminiBatchJob twin, long now) => connection.Execute(
        "INSERT INTO jobs (run, shard, attempt, state, display_name, input_file, name, backend_state, intended_at, due_at) VALUES ($1, $2, $3, 9, $4, $5, $6, $7, $8, $8) ON CONFLICT DO NOTHING",
        shard.Run, shard.Id, attempt, twin.DisplayName, twin.InputFile ?? "", twin.Name, twin.State.ToString(), now);

    /// <summary>What a program that died has left: intents without a recorded reply may have made a job.</summary>
    public static void Recover(LedgerConnection connection, long run, long now)
    {
        connection.Execute("UPDATE jobs SET state = 1, uncertain_since = $2, due_at = $2 WHERE run = $1 AND state = 0", run, now);
        connection.Execute("UPDATE jobs SET errors = 0, due_at = $2 WHERE run = $1 AND state IN (1, 3, 4, 7, 9)", run, now);
        connection.Execute("UPDATE shards SET errors = 0, due_at = NULL WHERE run = $1 AND state < 3", run);
        connection.Execute("UPDATE runs SET refused_in_a_row = 0, failed_in_a_row = 0, storm_until = CASE WHEN storm_until IS NULL THEN NULL ELSE min(storm_until, $2) END WHERE id = $1", run, now);
        connection.Execute("DELETE FROM tallies WHERE run = $1 AND subject = $2", run, LedgerTallies.Outcomes);
    }
}
