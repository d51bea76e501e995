using GeminiBatch.Emulator;

namespace GeminiBatch;

/// <summary>
/// A local server that speaks the Gemini Developer API's batch protocol: files, batches, models, generateContent and countTokens.
/// It listens on 127.0.0.1 only and needs no account. It is no model: its answers are made by rules from the request's schema and the text of the document.
/// </summary>
public sealed class GeminiEmulator : IAsyncDisposable, IServiceProvider
{
    private readonly StateFolder state;
    private readonly CallLog calls = new();
    private EmulatorServer? server;
    private BatchStore? batches;
    private EmulatorClock? clock;
    private VertexPublisher? publisher;
    private WebhookDispatcher? dispatcher;

    private GeminiEmulator(StateFolder state) => this.state = state;

    /// <summary>The base address, e.g. http://127.0.0.1:41873/.</summary>
    public Uri Endpoint => server!.Endpoint;

    /// <summary>The calls answered by this process, oldest first; only the latest 10,000 are kept.</summary>
    public IReadOnlyList<EmulatedCall> Calls => calls.Calls;

    /// <summary>Every job ever created in the state folder, oldest first, deleted ones included.</summary>
    public IReadOnlyList<EmulatedJob> Jobs => batches!.Jobs;

    /// <summary>Starts an emulator and returns when it accepts connections.</summary>
    /// <exception cref="EmulatorException">The port is in use, or the state folder is in use by another emulator or not usable. The message says which and what to do.</exception>
    public static async Task<GeminiEmulator> StartAsync(GeminiEmulatorOptions? options = null, CancellationToken ct = default)
    {
        options ??= new GeminiEmulatorOptions();
        var emulator = new GeminiEmulator(StateFolder.Open(options.StateFolder, options.MaxStateBytes));
        try
        {
            emulator.server = await EmulatorServer.StartAsync(options.Port, endpoint => emulator.Assemble(options, endpoint).HandleAsync, ct);
            return emulator;
        }
        catch
        {
            await emulator.DisposeAsync();
            throw;
        }
    }

    /// <summary>Moves the emulator's clock on, beside what its own clock does: jobs end, files expire and delays are over at once. Kept over restarts.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative.</exception>
    public void AdvanceClock(TimeSpan by) => clock!.Advance(by);

    /// <summary>Gives the <see cref="Uri"/> of the endpoint; null for every other type.</summary>
    public object? GetService(Type serviceType) => serviceType == typeof(Uri) ? Endpoint : null;

    /// <summary>Stops listening and releases the state folder; a temporary one is deleted.</summary>
    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        if (dispatcher is not null)
        {
            await dispatcher.DisposeAsync();
        }

        batches?.Dispose();
        publisher?.Dispose();
        state.Dispose();
    }

    private RequestHandler Assemble(GeminiEmulatorOptions options, Uri endpoint)
    {
        var clock = new EmulatorClock(options.TimeProvider, state);
        this.clock = clock;
        var catalogue = ModelCatalogue.Load();
        var faults = new FaultPlan(options.Faults, new AttemptLog(state));
        var blobs = new BlobStore(state);
        var files = new FileStore(state, blobs, clock, options.ProcessingTime);
        var objects = new ObjectStore(state, blobs, clock);
        var stores = new StoreCollection(state, clock, options.PendingTime);
        var media = new MediaReader(files, objects);
        var responses = new ResponseBuilder(options.Noise, options.Answerer, new JudgeScript(options.JudgeScores), new DocumentText(media), new RequestCheck(catalogue, media));
        var embeddings = new EmbeddingBuilder(catalogue);
        var answerer = new RowAnswerer(options.Seed, responses, embeddings);
        batches = new BatchStore(state, blobs, clock, new ResultWriter(options.Seed, answerer, state));
        var models = new ModelsEndpoint(catalogue, responses, embeddings, options, clock);
        publisher = new VertexPublisher(state, blobs, objects, batches, options.Seed);
        var jobs = new VertexJobsEndpoint(
            batches,
            new VertexCreation(state, blobs, objects, batches, catalogue, options, clock),
            publisher,
            faults,
            clock);
        var webhooks = new WebhookCollection(state, clock);
        dispatcher = new WebhookDispatcher(batches, webhooks, clock);
        var router = new Router(
            new TokensEndpoint(clock),
            new StorageRouter(new BucketsEndpoint(objects, clock, endpoint), new ObjectsEndpoint(objects, endpoint), new ObjectUploadEndpoint(state, blobs, objects, clock, endpoint)),
            new VertexRouter(jobs, models),
            new UploadEndpoint(state, blobs, files, stores, options, clock, endpoint),
            new FilesEndpoint(files, objects, batches, clock, endpoint),
            new StoresEndpoint(stores, files, clock),
            new WebhooksEndpoint(webhooks, dispatcher, clock),
            new BatchesEndpoint(batches, new BatchCreation(blobs, files, batches, catalogue, options, clock), dispatcher, faults, clock),
            models,
            new InspectionEndpoint(calls, batches, clock));
        blobs.Sweep();
        batches.Resume();
        dispatcher.Resume();
        return new RequestHandler(router, faults, calls, clock);
    }
}
