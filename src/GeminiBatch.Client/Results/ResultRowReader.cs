namespace GeminiBatch;

/// <summary>Reads what a result row says, in every form in which either backend gives it (protocol: 2.2, 3.5, 6).</summary>
public static class ResultRowReader
{
    /// <summary>Reads one result row. Never throws for bad content: that is the outcome <c>malformed_row</c>.</summary>
    /// <param name="line">One row as UTF-8 JSON.</param>
    public static ResultRow Read(ReadOnlyMemory<byte> line) => throw new NotImplementedException();
}
