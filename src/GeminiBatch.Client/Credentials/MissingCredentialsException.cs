namespace GeminiBatch;

/// <summary>There is no key or login to work with. The message names what is missing and how to provide it.</summary>
public sealed class MissingCredentialsException : Exception
{
    /// <summary>Describes what is missing.</summary>
    /// <param name="message">What is missing and what to do; without secrets.</param>
    /// <param name="innerException">What was reported, or null.</param>
    public MissingCredentialsException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
