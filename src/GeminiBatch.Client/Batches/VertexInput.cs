namespace GeminiBatch;

/// <summary>Where a job on Vertex AI reads its rows (protocol: 3.3).</summary>
public abstract record VertexInput
{
    private protected VertexInput()
    {
    }

    /// <summary>Batch files in a bucket.</summary>
    /// <param name="files">The files; at least one.</param>
    public static VertexInput FromStorage(params IReadOnlyList<CloudObjectName> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return files.Count > 0 ? new Storage(files) : throw new ArgumentException("A job needs at least one batch file.", nameof(files));
    }

    /// <summary>A table with a column <c>request</c> of JSON, or of text that is JSON (protocol: 3.7).</summary>
    /// <param name="table">Such as <c>bq://project.dataset.table</c>.</param>
    public static VertexInput FromBigQuery(string table) => new BigQuery(BigQueryAddress.Check(table, nameof(table), parts: 3));

    internal sealed record Storage(IReadOnlyList<CloudObjectName> Files) : VertexInput;

    internal sealed record BigQuery(string Table) : VertexInput;
}
