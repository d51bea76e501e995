namespace GeminiBatch;

/// <summary>The backend of one invocation, with the embedded emulator when there is one.</summary>
internal sealed class BackendSession : IAsyncDisposable
{
    private readonly IAsyncDisposable? _emulator;
    private readonly Uri? _endpoint;
    private readonly AppSettings _settings;

    private BackendSession(AppSettings settings, bool isVertex, IAsyncDisposable? emulator, Uri? endpoint)
    {
        _settings = settings;
        _emulator = emulator;
        _endpoint = endpoint;
        IsVertex = isVertex;
    }

    public bool IsEmulator => _emulator is not null;

    public bool IsVertex { get; }

    /// <summary>Whether it is Google that is asked and paid.</summary>
    public bool IsGoogle => !IsEmulator && Address.Host.EndsWith(".googleapis.com", StringComparison.OrdinalIgnoreCase);

    public string Name => IsEmulator
        ? IsVertex ? "emulator of Vertex AI" : "emulator"
        : (IsVertex ? "Vertex AI" : "Gemini Developer API") + (IsGoogle ? "" : $" at {Address.Authority}");

    private Uri Address => IsVertex ? VertexClient().Endpoint : DeveloperClient().Endpoint;

    /// <summary>Starts the emulator, or checks that there is a key.</summary>
    /// <param name="context">The invocation.</param>
    /// <param name="storedBackend">What the run was made with, for commands that go on with a run; null for a new run.</param>
    public static async Task<BackendSession> StartAsync(CommandContext context, string? storedBackend = null)
    {
        var (app, settings) = (context.App, context.Settings);
        var emulator = settings.Emulator || settings.Backend switch
        {
            "developer" or "vertex" => false,
            "emulator" => true,
            _ when storedBackend is not null => storedBackend.Contains(EmulatedBackend.Endpoint, StringComparison.Ordinal),
            _ => app.StartEmulator is not null,
        };
        var vertex = settings.Backend switch
        {
            "vertex" => true,
            null when storedBackend is not null => storedBackend.StartsWith("vertex", StringComparison.Ordinal),
            null => !emulator && GeminiEnvironment.PrefersVertexAI,
            _ => false,
        };
        if (!emulator)
        {
            return vertex || ApiKey.Find() is not null
                ? new BackendSession(settings, vertex, null, settings.Endpoint)
                : throw new MissingCredentialsException(
                    $"There is no API key: set GEMINI_API_KEY (or GOOGLE_API_KEY) to a key of the Gemini Developer API{(app.StartEmulator is null ? "." : ", or leave out --backend developer to use the emulator.")}");
        }

        if (app.StartEmulator is null)
        {
            throw new CommandLineException("The run was made with an emulator, and this program has none.");
        }

        PrivateFile.CreateFolder(settings.EmulatorFolder);
        try
        {
            var (started, endpoint) = await app.StartEmulator(new EmulatorSetup { StateFolder = settings.EmulatorFolder, Port = settings.EmulatorPort, Seed = settings.Seed, Noise = settings.Noise });
            return new BackendSession(settings, vertex, started, endpoint ?? throw new InvalidOperationException("it gives no Uri as its endpoint."));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw await LedgerAccess.FindDriverAsync(context) is { } driver
                ? new CommandLineException($"The run '{driver.Run}' is driven by {driver.Program}, which has the emulator of this ledger too. Wait for it, end it, or use another ledger with --ledger FILE.", exception)
                : new CommandLineException($"The emulator cannot start: {exception.Message}", exception);
        }
    }

    /// <summary>
    /// Asks the backend for the model before anything is uploaded: a wrong key, a wrong model or a missing network is told in seconds, not after the
    /// patience that a run has with its backend. Costs nothing.
    /// </summary>
    public async Task ProbeAsync(string model, CancellationToken cancellationToken)
    {
        try
        {
            if (!IsVertex)
            {
                await DeveloperClient().Models.GetAsync(model, cancellationToken);
            }
            else if (!IsEmulator)
            {
                await VertexClient().CountTokensAsync(model, new GeminiRequest { Contents = [GeminiContent.FromText("x")] }, cancellationToken);
            }
        }
        catch (GeminiApiException exception) when (exception.HttpStatus == 404)
        {
            var models = GeminiCatalogue.Default.Models;
            var near = NearName.Of(model, models.Select(static facts => facts.Id)) is { } name && name != model ? $" Did you mean '{name}'?" : "";
            throw new CommandLineException($"{Name} knows no model '{model}', so nothing was sent.{near} Give one with --model; these run batches: {string.Join(", ", models.Where(IsOffered).Select(static facts => facts.Id))}.", exception);
        }
    }

    private static bool IsOffered(GeminiModelFacts facts) =>
        facts is { RunsBatches: true, Kind: GeminiModelKind.Text } && facts.StatusOn(DateOnly.FromDateTime(DateTime.UtcNow)) == GeminiModelStatus.Live;

    private DeveloperApiClient DeveloperClient() => IsEmulator ? EmulatedService.Developer(_endpoint!) : new(new DeveloperApiOptions { Endpoint = _endpoint, MaxAttempts = 2 });

    public VertexAIClient VertexClient()
    {
        var options = new VertexAIOptions { MaxAttempts = 2 };
        Configure(options);
        return new(options);
    }

    /// <summary>The backend alone, without a ledger.</summary>
    public IBatchBackend Connect() => IsEmulator ? EmulatedService.Connect(_endpoint!, IsVertex) : IsVertex ? new VertexBackend(VertexClient()) : new DeveloperBackend(DeveloperClient());

    /// <summary>Registers the backend.</summary>
    public void Configure(GeminiBatchBuilder builder)
    {
        if (IsEmulator)
        {
            var backend = EmulatedService.Connect(_endpoint!, IsVertex);
            builder.UseBackend(_ => new EmulatedBackend(backend));
            builder.Configure(EmulatedService.Hurry);
        }
        else if (IsVertex)
        {
            builder.UseVertexAI(Configure);
        }
        else
        {
            builder.UseDeveloperApi(options => options.Endpoint = _endpoint ?? options.Endpoint);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }
    }

    private void Configure(VertexAIOptions options)
    {
        options.AccessTokens = new ApplicationDefaultCredentials();
        options.Project = _settings.Project ?? options.Project;
        options.Location = _settings.Location ?? options.Location;
        options.Bucket = _settings.Bucket ?? options.Bucket;
        options.CreateBucket = _settings.CreateBucket;
        options.Endpoint = _endpoint ?? options.Endpoint;
    }
}
