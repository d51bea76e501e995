using Microsoft.Data.Sqlite;

namespace GeminiBatch;

/// <summary>Where a ledger is read from: its file, or a copy of an older one that is brought up to date while the file stays as it is.</summary>
internal sealed class LedgerSource
{
    private const int ReadOnly = 8;
    private const int CannotOpen = 14;
    private readonly string _dataSource;
    private readonly SqliteOpenMode _mode;
    private readonly string? _copy;

    private LedgerSource(string dataSource, SqliteOpenMode mode, string? copy = null)
    {
        _dataSource = dataSource;
        _mode = mode;
        _copy = copy;
    }

    public static LedgerSource ToWrite(string path) => new(path, SqliteOpenMode.ReadWrite);

    public static LedgerSource ToRead(string path, SqliteLedgerOptions options, TimeProvider timeProvider)
    {
        var source = new LedgerSource(path, SqliteOpenMode.ReadOnly);
        LedgerConnection connection;
        try
        {
            connection = source.Open(options, path);
        }
        catch (SqliteException error) when (error.SqliteErrorCode is ReadOnly or CannotOpen && new FileInfo(path + "-wal") is not { Exists: true, Length: > 0 })
        {
            // In a folder that cannot be written SQLite has no place for its lock; without a log beside it, the file is all there is.
            source = new($"file:{Uri.EscapeDataString(path)}?immutable=1", SqliteOpenMode.ReadOnly);
            connection = source.Open(options, path);
        }

        using (connection)
        {
            return LedgerMigration.Version(connection) == LedgerLayout.CurrentVersion ? source : Copy(connection, options, timeProvider);
        }
    }

    /// <summary>A further connection that only reads: several go side by side, mostly in the order of the file, and need little of it in memory.</summary>
    public LedgerConnection ConnectReader(SqliteLedgerOptions options)
    {
        var connection = Connect(options);
        connection.Execute("PRAGMA cache_size = -4000");
        return connection;
    }

    public LedgerConnection Connect(SqliteLedgerOptions options)
    {
        var builder = new SqliteConnectionStringBuilder
        {
            DataSource = _dataSource,
            Mode = _mode,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)options.BusyTimeout.TotalSeconds),
        };
        var connection = new LedgerConnection(builder.ToString());
        try
        {
            connection.Sqlite.Open();

            // FULL: an intent that was committed must survive a power cut, or a job could be paid for twice.
            foreach (var pragma in (ReadOnlySpan<string>)["PRAGMA synchronous = FULL", "PRAGMA temp_store = MEMORY", "PRAGMA cache_size = -16000", "PRAGMA journal_size_limit = 67108864"])
            {
                connection.Execute(pragma);
            }

            if (options.MaxPageCount is { } pages && _mode != SqliteOpenMode.ReadOnly)
            {
                connection.Execute(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {pages}"));
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private LedgerConnection Open(SqliteLedgerOptions options, string path)
    {
        var connection = Connect(options);
        try
        {
            LedgerMigration.Check(connection, path);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Removes the copy, where there is one.</summary>
    public void RemoveCopy()
    {
        if (_copy is not null)
        {
            foreach (var end in (ReadOnlySpan<string>)["", "-wal", "-shm"])
            {
                File.Delete(_copy + end);
            }
        }
    }

    private static LedgerSource Copy(LedgerConnection older, SqliteLedgerOptions options, TimeProvider timeProvider)
    {
        var path = Path.Combine(Path.GetTempPath(), $"gemini-batch-{Guid.NewGuid():N}.db");
        PrivateFiles.CreateFile(path);
        var copy = new LedgerSource(path, SqliteOpenMode.ReadWrite, path);
        try
        {
            using var connection = copy.Connect(options);
            older.Sqlite.BackupDatabase(connection.Sqlite);
            LedgerMigration.Apply(connection, path, timeProvider);
            return copy;
        }
        catch
        {
            copy.RemoveCopy();
            throw;
        }
    }
}
