using Microsoft.Data.Sqlite;

namespace GeminiBatch;

/// <summary>The ledger's file: one writer at a time in this process, readers beside it.</summary>
internal sealed class LedgerDatabase : IDisposable
{
    private readonly SqliteLedgerOptions _options;
    private readonly LedgerConnection? _writer;
    private readonly LedgerSource _source;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Stack<LedgerConnection> _readers = new();
    private readonly Lock _readersLock = new();
    private bool _isDisposed;

    private LedgerDatabase(SqliteLedgerOptions options, LedgerSource source, LedgerConnection? writer, string name)
    {
        _options = options;
        _source = source;
        _writer = writer;
        Name = name;
    }

    /// <summary>The ledger's own short name, part of every display name.</summary>
    public string Name { get; }

    public string Path => _options.Path;

    public SqliteLedgerOptions Options => _options;

    public static LedgerDatabase Open(SqliteLedgerOptions options, TimeProvider timeProvider)
    {
        var path = System.IO.Path.GetFullPath(options.Path);
        if ((options.MustExist || options.ReadOnly) && !File.Exists(path))
        {
            throw new LedgerException(path, LedgerProblem.Missing, $"There is no ledger '{path}'. Check the path.");
        }

        LedgerConnection? writer = null;
        try
        {
            if (options.ReadOnly)
            {
                var source = LedgerSource.ToRead(path, options, timeProvider);
                using var reader = source.Connect(options);
                return new LedgerDatabase(options, source, null, reader.Text("SELECT name FROM ledger")!);
            }

            PrivateFiles.CreateFile(path);
            var own = LedgerSource.ToWrite(path);
            writer = own.Connect(options);
            LedgerMigration.Apply(writer, path, timeProvider);
            var name = writer.Text("SELECT name FROM ledger")!;
            var database = new LedgerDatabase(options, own, writer, name);
            writer = null;
            return database;
        }
        catch (SqliteException error)
        {
            throw LedgerErrors.Translate(path, error, options);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new LedgerException(path, LedgerProblem.Unavailable, $"The ledger '{path}' cannot be opened: {error.Message}", error);
        }
        finally
        {
            writer?.Dispose();
        }
    }

    /// <summary>Runs a write transaction; commits unless <paramref name="write"/> throws. Not cancellable once it has begun.</summary>
    public async Task<T> WriteAsync<T>(Func<LedgerConnection, T> write, CancellationToken cancellationToken)
    {
        if (_writer is null)
        {
            throw new LedgerException(Path, LedgerProblem.ReadOnly, $"The ledger '{Path}' was opened to be read only ({nameof(SqliteLedgerOptions)}.{nameof(SqliteLedgerOptions.ReadOnly)}).");
        }

        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _writer.Execute("BEGIN IMMEDIATE");
            try
            {
                var result = write(_writer);
                _writer.Execute("COMMIT");
                return result;
            }
            catch
            {
                RollBack();
                throw;
            }
        }
        catch (SqliteException error)
        {
            throw LedgerErrors.Translate(Path, error, _options);
        }
        finally
        {
            _writing.Release();
        }
    }

    public Task WriteAsync(Action<LedgerConnection> write, CancellationToken cancellationToken) => WriteAsync(
        connection =>
        {
            write(connection);
            return true;
        },
        cancellationToken);

    /// <summary>Reads outside any write. What is read in one call is one snapshot only within one statement.</summary>
    public T Read<T>(Func<LedgerConnection, T> read)
    {
        try
        {
            using var reader = new RentedReader(this);
            return read(reader.Connection);
        }
        catch (SqliteException error)
        {
            throw LedgerErrors.Translate(Path, error, _options);
        }
    }

    /// <summary>Reads several statements as one snapshot.</summary>
    public T ReadSnapshot<T>(Func<LedgerConnection, T> read) => Read(connection =>
    {
        connection.Execute("BEGIN");
        try
        {
            return read(connection);
        }
        finally
        {
            if (!connection.IsAutoCommit)
            {
                connection.Execute("ROLLBACK");
            }
        }
    });

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _writing.Wait();
        try
        {
            _isDisposed = true;
            lock (_readersLock)
            {
                while (_readers.TryPop(out var reader))
                {
                    reader.Dispose();
                }
            }

            _writer?.Dispose();
            _source.RemoveCopy();
        }
        finally
        {
            _writing.Release();
        }

        _writing.Dispose();
    }

    private void RollBack()
    {
        try
        {
            _writer!.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // A full disk or a damaged file has rolled the transaction back already; the first error is the one to tell.
        }
    }

    private readonly struct RentedReader : IDisposable
    {
        private readonly LedgerDatabase _database;

        public RentedReader(LedgerDatabase database)
        {
            _database = database;
            lock (database._readersLock)
            {
                ObjectDisposedException.ThrowIf(database._isDisposed, database);
                Connection = database._readers.TryPop(out var reader) ? reader : database._source.ConnectReader(database._options);
            }
        }

        public LedgerConnection Connection { get; }

        public void Dispose()
        {
            lock (_database._readersLock)
            {
                if (!_database._isDisposed && _database._readers.Count < 4)
                {
                    _database._readers.Push(Connection);
                    return;
                }
            }

            Connection.Dispose();
        }
    }
}
