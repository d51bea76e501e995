namespace GeminiBatch;

/// <summary>The backend refuses a document's medium for what it is: its rows end, the others go on.</summary>
#pragma warning disable CA1064 // It never leaves the stage.
internal sealed class RefusedContentException(string message, Exception cause) : Exception(message, cause)
#pragma warning restore CA1064
{
    /// <summary>The row that it was met in.</summary>
    public long Row { get; init; }

    public string Key { get; init; } = "";
}
