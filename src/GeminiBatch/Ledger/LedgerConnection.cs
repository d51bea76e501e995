using Microsoft.Data.Sqlite;

namespace GeminiBatch;

/// <summary>One connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class LedgerConnection(string connectionString) : IDisposable
{
    private readonly SqliteConnection _connection = new(connectionString);
    private readonly Dictionary<string, SqliteCommand> _statements = new(StringComparer.Ordinal);

    public SqliteConnection Sqlite => _connection;

    /// <summary>Runs a statement with parameters $1, $2, … and returns the number of changed rows.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteNonQuery();

    /// <summary>The first column of the first row as an integer, or <see langword="null"/>.</summary>
    public long? Number(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteScalar() as long?;

    /// <summary>The first column of the first row as text, or <see langword="null"/>.</summary>
    public string? Text(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteScalar() as string;

    public SqliteDataReader Query(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteReader();

    public List<T> List<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        var list = new List<T>();
        using var reader = Query(sql, values);
        while (reader.Read())
        {
            list.Add(read(reader));
        }

        return list;
    }

    public T? First<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
        where T : class
    {
        using var reader = Query(sql, values);
        return reader.Read() ? read(reader) : null;
    }

    /// <summary>Whether no transaction is open.</summary>
    public bool IsAutoCommit => SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) != 0;

    public long InsertedId() => SQLitePCL.raw.sqlite3_last_insert_rowid(_connection.Handle);

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> values)
    {
        if (!_statements.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every statement of the ledger is a constant; values are always parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = ParameterNames.Of(i) });
            }

            _statements.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.Parameters[i];
            parameter.ResetSqliteType();
            parameter.Value = values[i] ?? DBNull.Value;
        }

        return command;
    }

    private static class ParameterNames
    {
        private static readonly string[] s_names = [.. Enumerable.Range(1, 32).Select(static number => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"${number}"))];

        public static string Of(int index) => s_names[index];
    }
}
