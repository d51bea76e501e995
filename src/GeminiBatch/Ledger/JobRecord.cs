using Microsoft.Data.Sqlite;

namespace GeminiBatch;

/// <summary>A job as the ledger has it.</summary>
internal sealed record JobRecord
{
    public const string Columns =
        "id, run, shard, attempt, state, display_name, input_file, name, backend_state, uncertain_since, due_at, wait, errors, error_code, error_message, lines, created_at, ended_at, warned, cancel";

    public long Id { get; init; }

    public long Run { get; init; }

    public long Shard { get; init; }

    public int Attempt { get; init; }

    public JobState State { get; init; }

    public required string DisplayName { get; init; }

    public required string InputFile { get; init; }

    public string? Name { get; init; }

    /// <summary>The last state that the backend reported, by its <see cref="GeminiBatchState"/> name.</summary>
    public string? BackendState { get; init; }

    public long? UncertainSince { get; init; }

    public long? DueAt { get; init; }

    /// <summary>The last wait in milliseconds.</summary>
    public long Wait { get; init; }

    public int Errors { get; init; }

    public int? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    /// <summary>Result rows stored so far.</summary>
    public long Lines { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether it was told that the job takes long.</summary>
    public bool IsWarned { get; init; }

    /// <summary>At whose word its cancellation was asked for.</summary>
    public JobCancellation Cancellation { get; init; }

    public static JobRecord Read(SqliteDataReader reader) => new()
    {
        Id = reader.GetInt64(0),
        Run = reader.GetInt64(1),
        Shard = reader.GetInt64(2),
        Attempt = reader.GetInt32(3),
        State = (JobState)reader.GetInt32(4),
        DisplayName = reader.GetString(5),
        InputFile = reader.GetString(6),
        Name = reader.IsDBNull(7) ? null : reader.GetString(7),
        BackendState = reader.IsDBNull(8) ? null : reader.GetString(8),
        UncertainSince = reader.IsDBNull(9) ? null : reader.GetInt64(9),
        DueAt = reader.IsDBNull(10) ? null : reader.GetInt64(10),
        Wait = reader.GetInt64(11),
        Errors = reader.GetInt32(12),
        ErrorCode = reader.IsDBNull(13) ? null : reader.GetInt32(13),
        ErrorMessage = reader.IsDBNull(14) ? null : reader.GetString(14),
        Lines = reader.GetInt64(15),
        CreatedAt = reader.IsDBNull(16) ? null : LedgerTime.To(reader.GetInt64(16)),
        EndedAt = reader.IsDBNull(17) ? null : LedgerTime.To(reader.GetInt64(17)),
        IsWarned = reader.GetInt64(18) != 0,
        Cancellation = (JobCancellation)reader.GetInt32(19),
    };
}
