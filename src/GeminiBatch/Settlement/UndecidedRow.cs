using Microsoft.Data.Sqlite;

namespace GeminiBatch;

/// <summary>A row of a collected job that has no success: answered without one, or missing.</summary>
internal sealed record UndecidedRow(
    long Id, RowState State, long Items, int Attempt, int Granted, long Recipe, string? Reason, RetryAdvice Advice, int? OutputBudget, long? Chunk, int? Ordinal)
{
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
        reader.IsDBNull(9) ? null : reader.GetInt64(9),
        reader.IsDBNull(10) ? null : reader.GetInt32(10));
}
