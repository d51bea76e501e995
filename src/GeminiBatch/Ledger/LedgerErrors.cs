using Microsoft.Data.Sqlite;

namespace GeminiBatch;

/// <summary>SQLite's errors in the ledger's words.</summary>
internal static class LedgerErrors
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotDatabase = 26;

    public static LedgerException Translate(string path, SqliteException error, SqliteLedgerOptions options) => error.SqliteErrorCode switch
    {
        Corrupt => new(path, LedgerProblem.Corrupt, $"The ledger '{path}' is corrupt ({error.Message}). Restore it with its '.spool' folder from a copy; jobs that it names can still be found at the backend.", error),
        NotDatabase => Foreign(path, error),
        Full when options.MaxPageCount is { } pages => new(path, LedgerProblem.Full, $"The ledger '{path}' is full: it may have {pages} pages. Raise {nameof(SqliteLedgerOptions.MaxPageCount)} and start again; nothing that was recorded is lost.", error),
        Full => new(path, LedgerProblem.Full, $"The disk of the ledger '{path}' is full. Free some space and start again; nothing that was recorded is lost.", error),
        ReadOnly => new(path, LedgerProblem.ReadOnly, $"The ledger '{path}' cannot be written. Check the permissions of the file and of its folder.", error),
        CannotOpen => new(path, LedgerProblem.Unavailable, $"The ledger '{path}' cannot be opened. Check the path and the permissions of its folder.", error),
        Busy or Locked => new(path, LedgerProblem.Busy, $"Another program has kept the ledger '{path}' locked for more than {options.BusyTimeout.TotalSeconds:0} s. End it, or raise {nameof(SqliteLedgerOptions.BusyTimeout)}.", error),
        InputOutput => new(path, LedgerProblem.Unavailable, $"The ledger '{path}' cannot be read or written: {error.Message}. Check the disk; network file systems do not lock reliably.", error),
        _ => new(path, LedgerProblem.Unavailable, $"The ledger '{path}' failed: {error.Message}", error),
    };

    /// <summary>What went wrong with the spool, which stands and falls with the ledger.</summary>
    public static LedgerException Storage(string path, Exception error)
    {
        // ENOSPC, and the same of Windows.
        var isFull = error.HResult is 28 or unchecked((int)0x80070070) or unchecked((int)0x80070027);
        return isFull
            ? new(path, LedgerProblem.Full, $"The disk of the ledger is full: '{path}' cannot be written. Free some space and start again; nothing that was recorded is lost.", error)
            : new(path, LedgerProblem.Unavailable, $"'{path}', which belongs to the ledger, cannot be written: {error.Message}. Check the permissions and the disk.", error);
    }

    public static LedgerException Foreign(string path, Exception? cause = null) =>
        new(path, LedgerProblem.Foreign, $"'{path}' is no ledger: it is damaged, or it is another file. Restore it from a copy, or name another file for the ledger.", cause);

    public static LedgerException Newer(string path, long version) =>
        new(path, LedgerProblem.Newer, $"The ledger '{path}' has version {version}; this program knows versions up to {LedgerLayout.CurrentVersion}. Update the program, or name another file for the ledger.");
}
