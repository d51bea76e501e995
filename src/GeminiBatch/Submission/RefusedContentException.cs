namespace GeminiBatch;

/// <summary>The backend refuses a document's medium for what it is: its rows end, the others go on.</summary>
internal sealed class RefusedContentException(string message, Exception cause) : Exception(message, cause)
{
    /// <summary>The row that it was met in.</summary>
    public long Row { get; init; }

    public string Key { get; init; } = "";
}
