namespace GeminiBatch;

/// <summary>What is wrong with a ledger.</summary>
public enum LedgerProblem
{
    /// <summary>The file is damaged.</summary>
    Corrupt,

    /// <summary>The file is a database or another file, but no ledger.</summary>
    Foreign,

    /// <summary>A newer version of the library wrote it.</summary>
    Newer,

    /// <summary>The disk or the page limit is full.</summary>
    Full,

    /// <summary>It cannot be written.</summary>
    ReadOnly,

    /// <summary>It cannot be opened.</summary>
    Unavailable,

    /// <summary>Another program holds its write lock for too long.</summary>
    Busy,

    /// <summary>The spool beside it is missing or shorter than the ledger says.</summary>
    SpoolDamaged,

    /// <summary>It does not exist.</summary>
    Missing,
}
