using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace GeminiBatch;

/// <summary>Extracts typed values from documents through the Gemini Batch API, durably: one ledger, any number of runs.</summary>
/// <remarks>
/// Safe to use from several threads. A run is driven by one handle at a time, in this process or another. A run keeps the documents of earlier starts:
/// those that are given again are known, those that are new are added, and those that changed are extracted anew.
/// </remarks>
public sealed class BatchExtractor : IAsyncDisposable, IDisposable
{
    private readonly ExtractionEngine _engine;
    private readonly RunOpening _opening;
    private readonly ServiceProvider? _container;

    internal BatchExtractor(ExtractionEngine engine, ServiceProvider? container = null)
    {
        _engine = engine;
        _opening = new(engine);
        _container = container;
    }

    internal ExtractionEngine Engine => _engine;

    /// <summary>An extractor without a container of one's own.</summary>
    /// <param name="configure">Names the backend and the ledger, as <c>AddGeminiBatch</c> does.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Thrown when something is missing or out of range.</exception>
    public static BatchExtractor Create(Action<GeminiBatchBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var services = new ServiceCollection();
        configure(services.AddGeminiBatch());
        var provider = services.BuildServiceProvider();
        try
        {
            return new(ExtractorFactory.Engine(provider, name: null), provider);
        }
        catch
        {
            provider.Dispose();
            throw;
        }
    }

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
        where T : IExtractable<T> => ExtractAsync(ExtractionSchema.Of<T>(), run, documents, request, cancellationToken);

    /// <summary>The same over documents that are at hand.</summary>
    /// <typeparam name="T">The extraction type.</typeparam>
    /// <param name="run">The run's name in the ledger.</param>
    /// <param name="documents">The documents.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellationToken">Stops driving.</param>
    public IAsyncEnumerable<ExtractionResult<T>> ExtractAsync<T>(string run, IEnumerable<BatchDocument> documents, ExtractionRequest request, CancellationToken cancellationToken = default)
        where T : IExtractable<T> => ExtractAsync(ExtractionSchema.Of<T>(), run, documents.ToAsyncEnumerable(), request, cancellationToken);

    /// <summary>The same for a type whose schema is declared elsewhere.</summary>
    /// <typeparam name="T">The extraction type.</typeparam>
    /// <param name="schema">The schema.</param>
    /// <param name="run">The run's name in the ledger.</param>
    /// <param name="documents">The documents.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellationToken">Stops driving.</param>
    public async IAsyncEnumerable<ExtractionResult<T>> ExtractAsync<T>(
        ExtractionSchema<T> schema, string run, IAsyncEnumerable<BatchDocument> documents, ExtractionRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var opened = await OpenAsync(schema, run, documents, request, cancellationToken).ConfigureAwait(false);
        await using (opened.ConfigureAwait(false))
        {
            await foreach (var result in opened.ResultsAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }
    }

    /// <summary>Opens a run, new or known. Nothing is planned or sent yet.</summary>
    /// <typeparam name="T">The extraction type.</typeparam>
    /// <param name="run">The run's name in the ledger.</param>
    /// <param name="documents">The documents; read once, while the run is planned.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <exception cref="RunRefusedException">Thrown when the run cannot go on as asked.</exception>
    /// <exception cref="LedgerException">Thrown when the ledger cannot be used.</exception>
    public ValueTask<ExtractionRun<T>> OpenAsync<T>(string run, IAsyncEnumerable<BatchDocument> documents, ExtractionRequest request, CancellationToken cancellationToken = default)
        where T : IExtractable<T> => OpenAsync(ExtractionSchema.Of<T>(), run, documents, request, cancellationToken);

    /// <summary>Opens a run for a type whose schema is declared elsewhere.</summary>
    /// <typeparam name="T">The extraction type.</typeparam>
    /// <param name="schema">The schema.</param>
    /// <param name="run">The run's name in the ledger.</param>
    /// <param name="documents">The documents.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    public async ValueTask<ExtractionRun<T>> OpenAsync<T>(ExtractionSchema<T> schema, string run, IAsyncEnumerable<BatchDocument> documents, ExtractionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(documents);
        request = Complete(request, schema);
        var opened = await _opening.OpenAsync(run, schema, request, cancellationToken).ConfigureAwait(false);
        return new(_engine, opened, schema, documents, request);
    }

    /// <summary>Opens a run by a schema that is known only at run time; its results are canonical JSON.</summary>
    /// <param name="schema">The schema, for example from <see cref="ExtractionSchema.FromJsonSchema"/>.</param>
    /// <param name="run">The run's name in the ledger.</param>
    /// <param name="documents">The documents.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    public async ValueTask<ExtractionRun> OpenAsync(ExtractionSchema schema, string run, IAsyncEnumerable<BatchDocument> documents, ExtractionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(documents);
        request = Complete(request, schema);
        var opened = await _opening.OpenAsync(run, schema, request, cancellationToken).ConfigureAwait(false);
        return new(_engine, opened, schema, documents, request);
    }

    // The ledger keeps how answers are read, so that a run that is resumed without the schema's type reads them alike.
    private static ExtractionRequest Complete(ExtractionRequest request, ExtractionSchema schema)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Parsing is { CancellationToken.CanBeCanceled: true } parsing ? request with { Parsing = parsing with { CancellationToken = default } }
            : request.Parsing is null && schema.Parsing != ParseOptions.Default ? request with { Parsing = schema.Parsing }
            : request;
    }

    /// <summary>Opens a planned run from the ledger alone: no documents, no schema type. Its results are canonical JSON.</summary>
    /// <param name="run">The run's name.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <exception cref="RunRefusedException">Thrown when there is no such run.</exception>
    public async ValueTask<ExtractionRun> ResumeAsync(string run, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.CompletedTask.ConfigureAwait(false);
        var opened = _opening.Resume(run);
        return new(_engine, opened, _engine.Recipes.Get(opened.Recipe.Id).Reader, documents: null, request: null);
    }

    /// <summary>The runs of the ledger, oldest first.</summary>
    /// <param name="cancellationToken">Cancels the listing.</param>
    public async IAsyncEnumerable<RunOverview> ListRunsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var overview in _engine.Ledger.ReadSnapshot(connection => LedgerRuns.List(connection).Select(run => RunReports.Overview(_engine, connection, run)).ToList()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return overview;
        }
    }

    /// <summary>Checks the ledger against its laws. Reads only; may run beside a program that drives.</summary>
    /// <param name="readsAnswers">Whether every stored answer is read as well: slow, and the only check that finds answers that are damaged or not their row's own.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <returns>What is broken; nothing for a sound ledger.</returns>
    public async IAsyncEnumerable<LedgerFinding> CheckAsync(bool readsAnswers = false, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var finding in LedgerCheck.Run(_engine.Ledger, _engine.Spool).Concat(readsAnswers ? LedgerCheck.Answers(_engine.Ledger) : []))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return finding;
        }
    }

    /// <summary>
    /// Jobs at the backend that carry this ledger's name, still run, and that nothing in the ledger stands for: after a restore from a copy, or when a run was deleted.
    /// In a copy of a ledger that is at work elsewhere, these are the other's jobs.
    /// </summary>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <returns>What <see cref="SweepJobsAsync"/> would cancel.</returns>
    public IAsyncEnumerable<SweptJob> FindStrayJobsAsync(CancellationToken cancellationToken = default) => new LedgerSweep(_engine).StrayJobsAsync(cancellationToken);

    /// <summary>Cancels what <see cref="FindStrayJobsAsync"/> finds.</summary>
    /// <param name="cancellationToken">Stops cancelling.</param>
    /// <returns>What was cancelled.</returns>
    public IAsyncEnumerable<SweptJob> SweepJobsAsync(CancellationToken cancellationToken = default) => new LedgerSweep(_engine).CancelStrayJobsAsync(cancellationToken);

    /// <summary>Deletes batch files at the backend that carry this ledger's name, are old enough and are needed by no open shard. Files of other names are never touched.</summary>
    /// <param name="olderThan">The least age.</param>
    /// <param name="cancellationToken">Stops deleting.</param>
    /// <returns>What was deleted.</returns>
    public IAsyncEnumerable<StoredObject> CleanUpFilesAsync(TimeSpan olderThan, CancellationToken cancellationToken = default) =>
        new LedgerSweep(_engine).FilesAsync(ShardNames.LedgerPrefix(_engine.Ledger.Name), olderThan, cancellationToken);

    /// <summary>Removes a run from the ledger: its documents' rows, its answers and its record. Answers that other runs have taken from it stay with them, and copies of files, which runs share, until the last run is deleted. Asks no backend.</summary>
    /// <param name="run">The run's name.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <exception cref="RunRefusedException">Thrown when there is no such run, when a program drives it, or when it has jobs that are not settled.</exception>
    public Task DeleteRunAsync(string run, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(run);
        return RunDeletion.DeleteAsync(_engine, run, cancellationToken);
    }

    /// <summary>Closes the ledger. Dispose open runs first.</summary>
    public void Dispose()
    {
        _engine.Dispose();
        _container?.Dispose();
    }

    /// <summary>Closes the ledger. Dispose open runs first.</summary>
    public async ValueTask DisposeAsync()
    {
        _engine.Dispose();
        if (_container is not null)
        {
            await _container.DisposeAsync().ConfigureAwait(false);
        }
    }
}
