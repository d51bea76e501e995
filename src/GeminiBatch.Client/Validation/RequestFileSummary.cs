namespace GeminiBatch;

/// <summary>What a batch file holds, and how much is wrong with it.</summary>
/// <param name="Rows">Rows, blank lines not counted.</param>
/// <param name="Bytes">Bytes of the file.</param>
/// <param name="Errors">Findings that are errors.</param>
/// <param name="Warnings">Findings that are warnings.</param>
/// <param name="Notices">Findings that are notices.</param>
public sealed record RequestFileSummary(long Rows, long Bytes, long Errors, long Warnings, long Notices)
{
    /// <summary>Whether there is no error: the backend takes the file, as far as a file can show.</summary>
    public bool IsValid => Errors == 0;
}
