namespace GeminiBatch;

/// <summary>
/// Something that the user has to change before the command can work. <see cref="BatchApp"/> tells it in one line and ends with exit code 2;
/// a program's own callbacks may throw it as well.
/// </summary>
public class CommandLineException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line: what is wrong, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public CommandLineException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
