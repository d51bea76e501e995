namespace GeminiBatch;

/// <summary>
/// A job's creation was sent and its outcome is unknown: a job may exist and cost money. Look for it by its display name
/// over a quiet period before creating again (protocol: 9.1).
/// </summary>
public sealed class JobCreationUncertainException : Exception
{
    /// <summary>Describes a creation without a certain outcome.</summary>
    /// <param name="displayName">The display name that the job was to get.</param>
    /// <param name="inputFile">The batch file that it was to read, or null.</param>
    /// <param name="cause">What happened, as the end of a sentence such as <c>no answer came</c>.</param>
    /// <param name="innerException">What was reported, or null.</param>
    public JobCreationUncertainException(string displayName, string? inputFile, string cause, Exception? innerException = null)
        : base(
            $"The creation of job '{displayName}' was sent, but {cause}. A job may exist: look for it by its display name before you create it again.",
            innerException)
    {
        DisplayName = displayName;
        InputFile = inputFile;
    }

    /// <summary>The display name that the job was to get.</summary>
    public string DisplayName { get; }

    /// <summary>The batch file that it was to read; null for an inline job.</summary>
    public string? InputFile { get; }
}
