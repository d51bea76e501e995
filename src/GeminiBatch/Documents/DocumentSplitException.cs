namespace GeminiBatch;

/// <summary>A medium cannot be read or cut into sections.</summary>
#pragma warning disable CA1032 // A splitter's error always has a reason.
public sealed class DocumentSplitException : Exception
#pragma warning restore CA1032
{
    /// <summary>Creates the exception.</summary>
    /// <param name="reason">A stable snake_case name, such as <c>encrypted_pdf</c>, <c>broken_pdf</c> or <c>too_large</c>; it becomes the failure's reason.</param>
    /// <param name="message">What is wrong, and what to do. Nothing of the content.</param>
    /// <param name="innerException">The cause.</param>
    public DocumentSplitException(string reason, string message, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

    /// <summary>The failure's reason.</summary>
    public string Reason { get; }
}
