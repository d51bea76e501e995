namespace GeminiBatch;

/// <summary>Extracts typed values from documents through the Gemini Batch API, durably: one ledger, any number of runs.</summary>
/// <remarks>Safe to use from several threads. A run is driven by one handle at a time, in this process or another.</remarks>
public sealed class BatchExtractor : IAsyncDisposable
{
    /// <summary>An extractor without a container of one's own.</summary>
    /// <param name="configure">Names the backend and the ledger, as <c>AddGeminiBatch</c> does.</param>
    public static BatchExtractor Create(Action<GeminiBatchBuilder> configure) => throw new NotImplementedException();

    /// <summary>Plans, drives and streams a run: opening it and <see cref="ExtractionRun{T}.ResultsAsync"/> in one call.</summary>
    /// <typeparam name="T">The extraction type.</typeparam>
    /// <param name="run">The run's name in the ledger: a run of that name is continued.</param>
    /// <param name="documents">The documents; read once, while the run is planned.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellationToken">Stops driving; jobs at the backend go on.</param>
    /// <exception cref="RunRefusedException">Thrown when the run cannot go on as asked.</exception>
    /// <exception cref="LedgerException">Thrown when the ledger cannot be used.</exception>
    /// <exception cref="DocumentException">Thrown when a document cannot be used.</exception>
    public IAsyncEnumerable<ExtractionResult<T>> ExtractAsync<T>(string run, IAsyncEnumerable<BatchDocument> documents, ExtractionRequest request, CancellationToken cancellationToken = default)
        where T : IExtractable<T> => throw new NotImplementedException();

    /// <summary>The same over documents that are at hand.</summary>
    /// <typeparam name="T">The extraction type.</typeparam>
    /// <param name="run">The run's name in the ledger.</param>
    /// <param name="documents">The documents.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellationToken">Stops driving.</param>
    public IAsyncEnumerable<ExtractionResult<T>> ExtractAsync<T>(string run, IEnumerable<BatchDocument> documents, ExtractionRequest request, CancellationToken cancellationToken = default)
        where T : IExtractable<T> => throw new NotImplementedException();

    /// <summary>The same for a type whose schema is declared elsewhere.</summary>
    /// <typeparam name="T">The extraction type.</typeparam>
    /// <param name="schema">The schema.</param>
    /// <param name="run">The run's name in the ledger.</param>
    /// <param name="documents">The documents.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellationToken">Stops driving.</param>
    public IAsyncEnumerable<ExtractionResult<T>> ExtractAsync<T>(ExtractionSchema<T> schema, string run, IAsyncEnumerable<BatchDocument> documents, ExtractionRequest request, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Opens a run, new or known. Nothing is planned or sent yet.</summary>
    /// <typeparam name="T">The extraction type.</typeparam>
    /// <param name="run">The run's name in the ledger.</param>
    /// <param name="documents">The documents; read once, while the run is planned.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    public ValueTask<ExtractionRun<T>> OpenAsync<T>(string run, IAsyncEnumerable<BatchDocument> documents, ExtractionRequest request, CancellationToken cancellationToken = default)
        where T : IExtractable<T> => throw new NotImplementedException();

    /// <summary>Opens a run for a type whose schema is declared elsewhere.</summary>
    /// <typeparam name="T">The extraction type.</typeparam>
    /// <param name="schema">The schema.</param>
    /// <param name="run">The run's name in the ledger.</param>
    /// <param name="documents">The documents.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    public ValueTask<ExtractionRun<T>> OpenAsync<T>(ExtractionSchema<T> schema, string run, IAsyncEnumerable<BatchDocument> documents, ExtractionRequest request, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Opens a run by a schema that is known only at run time; its results are canonical JSON.</summary>
    /// <param name="schema">The schema, for example from <see cref="ExtractionSchema.FromJsonSchema"/>.</param>
    /// <param name="run">The run's name in the ledger.</param>
    /// <param name="documents">The documents.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    public ValueTask<ExtractionRun> OpenAsync(ExtractionSchema schema, string run, IAsyncEnumerable<BatchDocument> documents, ExtractionRequest request, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Opens a planned run from the ledger alone: no documents, no schema type. Its results are canonical JSON.</summary>
    /// <param name="run">The run's name.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <exception cref="RunRefusedException">Thrown when there is no such run or it was never planned to its end.</exception>
    public ValueTask<ExtractionRun> ResumeAsync(string run, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>The runs of the ledger, oldest first.</summary>
    /// <param name="cancellationToken">Cancels the listing.</param>
    public IAsyncEnumerable<RunOverview> ListRunsAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Checks the ledger against its laws. Reads only; may run beside a program that drives.</summary>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <returns>What is broken; nothing for a sound ledger.</returns>
    public IAsyncEnumerable<LedgerFinding> CheckAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Closes the ledger. Runs that are still driven stop.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
