namespace GeminiBatch;

/// <summary>A document or a folder of documents cannot be used: the message names it and says what to do.</summary>
public class DocumentException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="documentId">The document's id, or the folder.</param>
    /// <param name="reason">A stable snake_case name of what is wrong.</param>
    /// <param name="message">One line that teaches.</param>
    /// <param name="innerException">The cause.</param>
    public DocumentException(string documentId, string reason, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        DocumentId = documentId;
        Reason = reason;
    }

    /// <summary>The document's id, or the folder.</summary>
    public string DocumentId { get; }

    /// <summary>A stable snake_case name of what is wrong, for example <c>missing_folder</c>, <c>empty_folder</c>, <c>duplicate_id</c> or one of <see cref="SkippedDocument.Reason"/>.</summary>
    public string Reason { get; }
}
