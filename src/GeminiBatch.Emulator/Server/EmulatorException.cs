namespace GeminiBatch;

/// <summary>The emulator could not start. The message names the port or folder and says what to do.</summary>
public class EmulatorException : Exception
{
    /// <summary>Makes an exception with a message that teaches.</summary>
    public EmulatorException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message that teaches and its cause.</summary>
    public EmulatorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
