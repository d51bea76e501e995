using Microsoft.Extensions.DependencyInjection;

namespace GeminiBatch;

/// <summary>Configures one <see cref="BatchExtractor"/>: its backend, its ledger, its workers.</summary>
public sealed class GeminiBatchBuilder
{
    internal GeminiBatchBuilder(IServiceCollection services, string? name)
    {
        Services = services;
        Name = name;
    }

    /// <summary>The container.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The key of a keyed registration; <see langword="null"/> otherwise.</summary>
    public string? Name { get; }

    /// <summary>Sends runs to the Gemini Developer API.</summary>
    /// <param name="configure">The key and the endpoint; both are also read from the environment.</param>
    public GeminiBatchBuilder UseDeveloperApi(Action<DeveloperApiOptions>? configure = null) => throw new NotImplementedException();

    /// <summary>Sends runs to a backend of one's own.</summary>
    /// <param name="backend">Makes the backend.</param>
    public GeminiBatchBuilder UseBackend(Func<IServiceProvider, IBatchBackend> backend) => throw new NotImplementedException();

    /// <summary>Keeps runs in a SQLite file.</summary>
    /// <param name="path">The file; created when it does not exist.</param>
    /// <param name="configure">Its limits.</param>
    public GeminiBatchBuilder UseSqliteLedger(string path, Action<SqliteLedgerOptions>? configure = null) => throw new NotImplementedException();

    /// <summary>Uses a clock other than the system's.</summary>
    /// <param name="timeProvider">The clock.</param>
    public GeminiBatchBuilder UseTimeProvider(TimeProvider timeProvider) => throw new NotImplementedException();

    /// <summary>Sets how runs are driven.</summary>
    /// <param name="configure">The options.</param>
    public GeminiBatchBuilder Configure(Action<GeminiBatchOptions> configure) => throw new NotImplementedException();

    /// <summary>Drives a run in the background for as long as the host lives, or until every document has ended.</summary>
    /// <typeparam name="T">The extraction type.</typeparam>
    /// <param name="run">The run's name in the ledger.</param>
    /// <param name="documents">Makes the documents.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="handle">Called for each result, one at a time; called again for the same document after a restart.</param>
    public GeminiBatchBuilder AddExtractionWorker<T>(
        string run,
        Func<IServiceProvider, IAsyncEnumerable<BatchDocument>> documents,
        ExtractionRequest request,
        Func<IServiceProvider, ExtractionResult<T>, CancellationToken, ValueTask> handle)
        where T : IExtractable<T> => throw new NotImplementedException();
}
