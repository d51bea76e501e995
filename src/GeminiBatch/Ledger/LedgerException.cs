namespace GeminiBatch;

/// <summary>The ledger cannot be used: it is corrupt, full, of a newer version, read-only, or no ledger at all. The message names the file and says what to do.</summary>
public class LedgerException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">The ledger's file.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="message">One line that teaches.</param>
    /// <param name="innerException">The cause.</param>
    public LedgerException(string path, LedgerProblem problem, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        LedgerPath = path;
        Problem = problem;
    }

    /// <summary>The ledger's file.</summary>
    public string LedgerPath { get; }

    /// <summary>What is wrong.</summary>
    public LedgerProblem Problem { get; }
}
