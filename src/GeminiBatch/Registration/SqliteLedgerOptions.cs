namespace GeminiBatch;

/// <summary>Where the ledger is, and how large it may grow.</summary>
public sealed class SqliteLedgerOptions
{
    /// <summary>The ledger's file; created, with its folder, when it does not exist, unless <see cref="MustExist"/>. The spool is a folder beside it, named like it plus <c>.spool</c>.</summary>
    public string Path { get; set; } = "gemini-batch.db";

    /// <summary>Whether a ledger that does not exist is an error instead of being created: for programs that only look.</summary>
    public bool MustExist { get; set; }

    /// <summary>
    /// Whether the ledger is only read, for programs that only look: it needs no permission to write, is not created, and one of an older version stays as it is
    /// (a copy of it is read). Whatever would change it fails.
    /// </summary>
    public bool ReadOnly { get; set; }

    /// <summary>The most database pages of 4,096 bytes that the ledger may have; <see langword="null"/> for SQLite's own limit.</summary>
    public long? MaxPageCount { get; set; }

    /// <summary>How long a write waits for another program's write before it fails. 30 s by default.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a program that stopped without a word is taken to drive its run. On the same machine a dead process is noticed at once. 2 minutes by default.</summary>
    public TimeSpan LeaseTime { get; set; } = TimeSpan.FromMinutes(2);
}
