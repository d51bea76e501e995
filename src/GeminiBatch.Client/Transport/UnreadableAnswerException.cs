namespace GeminiBatch;

/// <summary>A successful answer that is not what the protocol says. Repeating the call would not help.</summary>
internal sealed class UnreadableAnswerException(string message, Exception? innerException = null) : FormatException(message, innerException);
