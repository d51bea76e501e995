using Microsoft.Data.Sqlite;

namespace GeminiBatch;

/// <summary>A shard as the ledger has it.</summary>
internal sealed record ShardRecord
{
    public const string Columns = "id, run, number, model, state, rows, bytes, first_row, last_row, reserved, attempt, file, file_expires_at, due_at, errors, tokens, probe";

    public long Id { get; init; }

    public long Run { get; init; }

    public long Number { get; init; }

    public required string Model { get; init; }

    public ShardState State { get; init; }

    public long Rows { get; init; }

    public long Bytes { get; init; }

    public long FirstRow { get; init; }

    public long LastRow { get; init; }

    /// <summary>The estimate that is held back for it, from intent to settlement.</summary>
    public long Reserved { get; init; }

    /// <summary>The number of the last intent.</summary>
    public int Attempt { get; init; }

    public string? File { get; init; }

    public DateTimeOffset? FileExpiresAt { get; init; }

    public long? DueAt { get; init; }

    public int Errors { get; init; }

    /// <summary>Estimated input tokens.</summary>
    public long Tokens { get; init; }

    /// <summary>Whether it is the small one that finds out whether a storm of transient errors is over.</summary>
    public bool IsProbe { get; init; }

    public static ShardRecord Read(SqliteDataReader reader) => new()
    {
        Id = reader.GetInt64(0),
        Run = reader.GetInt64(1),
        Number = reader.GetInt64(2),
        Model = reader.GetString(3),
        State = (ShardState)reader.GetInt32(4),
        Rows = reader.GetInt64(5),
        Bytes = reader.GetInt64(6),
        FirstRow = reader.GetInt64(7),
        LastRow = reader.GetInt64(8),
        Reserved = reader.GetInt64(9),
        Attempt = reader.GetInt32(10),
        File = reader.IsDBNull(11) ? null : reader.GetString(11),
        FileExpiresAt = reader.IsDBNull(12) ? null : LedgerTime.To(reader.GetInt64(12)),
        DueAt = reader.IsDBNull(13) ? null : reader.GetInt64(13),
        Errors = reader.GetInt32(14),
        Tokens = reader.GetInt64(15),
        IsProbe = reader.GetInt64(16) != 0,
    };
}
