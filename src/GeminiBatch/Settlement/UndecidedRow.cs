using Microsoft.Data.Sqlite;

namespace GeminiBatch;

/// <summary>A row of a collected job that has no success: answered without one, or missing.</summary>
internal sealed record UndecidedRow(
    long Id, RowState State, long Items, int Attempt, int Granted, long Recipe, string? Reason, RetryAdvice Advice, int? OutputBudget, string? Thinking, long? Chunk, int? Ordinal, long? Cost, bool IsRepeated)
{
    /// <summary>Rows of a shard after an id: $1 first, $2 last, $3 after, $4 shard, $5 limit, $6 the reason of those that are missing.</summary>
    public const string Query =
        """
        SELECT id, state, items, attempt, granted, recipe, reason, advice, output_budget, thinking, chunk, ordinal, cost,
            EXISTS (SELECT 1 FROM attempts a WHERE a.row = rows.id AND a.attempt > rows.granted AND a.reason = CASE rows.state WHEN 1 THEN $6 ELSE rows.reason END)
        FROM rows WHERE id BETWEEN $1 AND $2 AND id > $3 AND shard = $4 AND state IN (1, 2) ORDER BY id LIMIT $5
        """;

    public bool IsMissing => State == RowState.InFlight;

    /// <summary>Whether the backend had trouble with it that has nothing to do with what was asked.</summary>
    public bool IsTransient => !IsMissing && Reason == RowReasons.RowError && Advice is RetryAdvice.Retry or RetryAdvice.RetryOnce;

    public static UndecidedRow Read(SqliteDataReader reader) => new(
        reader.GetInt64(0),
        (RowState)reader.GetInt32(1),
        reader.GetInt64(2),
        reader.GetInt32(3),
        reader.GetInt32(4),
        reader.GetInt64(5),
        reader.IsDBNull(6) ? null : reader.GetString(6),
        reader.IsDBNull(7) ? RetryAdvice.Never : (RetryAdvice)reader.GetInt32(7),
        reader.IsDBNull(8) ? null : reader.GetInt32(8),
        reader.IsDBNull(9) ? null : reader.GetString(9),
        reader.IsDBNull(10) ? null : reader.GetInt64(10),
        reader.IsDBNull(11) ? null : reader.GetInt32(11),
        reader.IsDBNull(12) ? null : reader.GetInt64(12),
        reader.GetBoolean(13));
}
