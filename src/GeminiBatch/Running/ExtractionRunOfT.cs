namespace GeminiBatch;

/// <summary>A handle on one run whose answers are read as <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The extraction type.</typeparam>
public sealed class ExtractionRun<T> : ExtractionRun
{
    private readonly ExtractionSchema<T> _schema;

    internal ExtractionRun(ExtractionEngine engine, OpenedRun run, ExtractionSchema<T> schema, IAsyncEnumerable<BatchDocument>? documents, ExtractionRequest? request)
        : base(engine, run, schema, documents, request) => _schema = schema;

    /// <summary>Drives the run and streams every ended document once, in the order in which they ended, while jobs still run.</summary>
    /// <param name="cancellationToken">Ends the stream and stops driving.</param>
    public IAsyncEnumerable<ExtractionResult<T>> ResultsAsync(CancellationToken cancellationToken = default) =>
        StreamAsync((stream, outcome) => stream.Read(outcome, _schema), cancellationToken);
}
