using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

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

    private string OptionsName => Name ?? Options.DefaultName;

    /// <summary>Sends runs to the Gemini Developer API.</summary>
    /// <param name="configure">The key and the endpoint; both are also read from the environment.</param>
    public GeminiBatchBuilder UseDeveloperApi(Action<DeveloperApiOptions>? configure = null)
    {
        if (Name is { } name)
        {
            Services.AddDeveloperApiClient(name, configure);
            return UseBackend(provider => new DeveloperBackend(provider.GetRequiredKeyedService<DeveloperApiClient>(name), provider.GetService<GeminiCatalogue>()));
        }

        Services.AddDeveloperApiClient(configure);
        return UseBackend(static provider => new DeveloperBackend(provider.GetRequiredService<DeveloperApiClient>(), provider.GetService<GeminiCatalogue>()));
    }

    /// <summary>Sends runs to Vertex AI, through a bucket.</summary>
    /// <param name="configure">Project, location, bucket and login; the first two are also read from the environment.</param>
    public GeminiBatchBuilder UseVertexAI(Action<VertexAIOptions>? configure = null)
    {
        Services.AddOptions<VertexAIOptions>(OptionsName)
            .Validate(static options => !string.IsNullOrWhiteSpace(options.Bucket), "There is no bucket. Set VertexAIOptions.Bucket: jobs on Vertex AI read from it and write to it.");
        if (Name is { } name)
        {
            Services.AddVertexAIClient(name, configure);
            return UseBackend(provider => new VertexBackend(provider.GetRequiredKeyedService<VertexAIClient>(name), provider.GetService<GeminiCatalogue>()));
        }

        Services.AddVertexAIClient(configure);
        return UseBackend(static provider => new VertexBackend(provider.GetRequiredService<VertexAIClient>(), provider.GetService<GeminiCatalogue>()));
    }

    /// <summary>Sends runs to a backend of one's own.</summary>
    /// <param name="backend">Makes the backend.</param>
    public GeminiBatchBuilder UseBackend(Func<IServiceProvider, IBatchBackend> backend)
    {
        ArgumentNullException.ThrowIfNull(backend);
        return Set(setup => setup.Backend = backend);
    }

    /// <summary>Keeps runs in a SQLite file.</summary>
    /// <param name="path">The file; created when it does not exist.</param>
    /// <param name="configure">Its limits.</param>
    public GeminiBatchBuilder UseSqliteLedger(string path, Action<SqliteLedgerOptions>? configure = null)
    {
        Services.Configure<SqliteLedgerOptions>(
            OptionsName,
            options =>
            {
                options.Path = path;
                configure?.Invoke(options);
            });
        return Set(static setup => setup.HasLedger = true);
    }

    /// <summary>Has media that are over a limit cut into sections while a run is planned. PDFs: <c>UsePdfSplitting</c> of GeminiBatch.Pdf.</summary>
    /// <param name="splitter">Makes the splitter.</param>
    public GeminiBatchBuilder UseDocumentSplitter(Func<IServiceProvider, IDocumentSplitter> splitter)
    {
        ArgumentNullException.ThrowIfNull(splitter);
        return Set(setup => setup.Splitter = splitter);
    }

    /// <summary>Uses a clock other than the system's.</summary>
    /// <param name="timeProvider">The clock.</param>
    public GeminiBatchBuilder UseTimeProvider(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);

        // The client tells by it which stored files still live.
        Services.TryAddSingleton(timeProvider);
        return Set(setup => setup.Time = timeProvider);
    }

    /// <summary>Sets how runs are driven.</summary>
    /// <param name="configure">The options.</param>
    public GeminiBatchBuilder Configure(Action<GeminiBatchOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(OptionsName, configure);
        return this;
    }

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
        where T : IExtractable<T>
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(run);
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(handle);
        var name = Name;
        Services.AddSingleton<IHostedService>(provider => new ExtractionWorker<T>(
            provider,
            name is null ? provider.GetRequiredService<BatchExtractor>() : provider.GetRequiredKeyedService<BatchExtractor>(name),
            run, documents, request, handle,
            (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger("GeminiBatch")));
        return this;
    }

    private GeminiBatchBuilder Set(Action<ExtractorSetup> configure)
    {
        Services.Configure(OptionsName, configure);
        return this;
    }
}
