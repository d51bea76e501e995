namespace GeminiBatch;

/// <summary>Where a job on Vertex AI writes its results (protocol: 3.3).</summary>
public abstract record VertexOutput
{
    private protected VertexOutput()
    {
    }

    /// <summary>A folder of its own below a prefix in a bucket; which one, the finished job tells (<see cref="GeminiBatchJob.ResultsFolder"/>).</summary>
    /// <param name="prefix">The bucket and the beginning of the names.</param>
    public static VertexOutput ToStorage(CloudObjectName prefix) => new Storage(prefix);

    /// <summary>A table, or a dataset in which the service makes one; the finished job tells which (<see cref="GeminiBatchJob.ResultsTable"/>). Its rows are not read by this library.</summary>
    /// <param name="table">Such as <c>bq://project.dataset</c> or <c>bq://project.dataset.table</c>, in the job's location.</param>
    public static VertexOutput ToBigQuery(string table) => new BigQuery(BigQueryAddress.Check(table, nameof(table), parts: 2));

    internal sealed record Storage(CloudObjectName Prefix) : VertexOutput;

    internal sealed record BigQuery(string Table) : VertexOutput;
}
