namespace GeminiBatch;

/// <summary>The backend of one invocation, with the embedded emulator when there is one.</summary>
internal sealed class BackendSession : IAsyncDisposable
{
    // Any key is good for an emulator; the user's own is not for it.
    private const string EmulatorKey = "emulator";
    private const string GoogleHost = "generativelanguage.googleapis.com";
    private readonly IAsyncDisposable? _emulator;
    private readonly DeveloperApiClient _client;

    private BackendSession(IAsyncDisposable? emulator, Uri? endpoint)
    {
        _emulator = emulator;
        var options = new DeveloperApiOptions { Endpoint = endpoint };
        if (emulator is not null)
        {
            options.ApiKey = EmulatorKey;
            options.FilePollInterval = TimeSpan.FromMilliseconds(200);
            options.FirstRetryDelay = TimeSpan.FromMilliseconds(200);
        }

        _client = new DeveloperApiClient(options);
    }

    public bool IsEmulator => _emulator is not null;

    /// <summary>Whether it is Google that is asked and paid.</summary>
    public bool IsGoogle => !IsEmulator && _client.Endpoint.Host == GoogleHost;

    public string Name => IsEmulator ? "emulator" : IsGoogle ? "Gemini Developer API" : $"Developer API at {_client.Endpoint.Authority}";

    /// <summary>Starts the emulator, or checks that there is a key.</summary>
    /// <param name="context">The invocation.</param>
    /// <param name="storedBackend">What the run was made with, for commands that go on with a run; null for a new run.</param>
    public static async Task<BackendSession> StartAsync(CommandContext context, string? storedBackend = null)
    {
        var (app, settings) = (context.App, context.Settings);
        var emulator = settings.Backend switch
        {
            "developer" => false,
            "emulator" => true,
            _ when storedBackend is not null => storedBackend.Contains(EmulatedBackend.Endpoint, StringComparison.Ordinal),
            _ => app.StartEmulator is not null,
        };
        if (!emulator)
        {
            return ApiKey.Find() is null
                ? throw new MissingCredentialsException(
                    $"There is no API key: set GEMINI_API_KEY (or GOOGLE_API_KEY) to a key of the Gemini Developer API{(app.StartEmulator is null ? "." : ", or leave out --backend developer to use the emulator.")}")
                : new BackendSession(null, settings.Endpoint);
        }

        if (app.StartEmulator is null)
        {
            throw new CommandLineException("The run was made with an emulator, and this program has none.");
        }

        PrivateFile.CreateFolder(settings.EmulatorFolder);
        try
        {
            var (started, endpoint) = await app.StartEmulator(new EmulatorSetup { StateFolder = settings.EmulatorFolder, Port = settings.EmulatorPort, Seed = settings.Seed, Noise = settings.Noise });
            return new BackendSession(started, endpoint ?? throw new InvalidOperationException("it gives no Uri as its endpoint."));
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
            await _client.Models.GetAsync(model, cancellationToken);
        }
        catch (GeminiApiException exception) when (exception.HttpStatus == 404)
        {
            var known = GeminiCatalogue.Default.Models.Select(static facts => facts.Id).ToList();
            var near = NearName.Of(model, known) is { } name ? $" Did you mean '{name}'?" : "";
            throw new CommandLineException($"{Name} knows no model '{model}', so nothing was sent.{near} Give one with --model; of those that are known, these run batches: {string.Join(", ", GeminiCatalogue.Default.Models.Where(IsOffered).Select(static facts => facts.Id))}.", exception);
        }
    }

    private static bool IsOffered(GeminiModelFacts facts) =>
        facts is { RunsBatches: true, Kind: GeminiModelKind.Text } && facts.StatusOn(DateOnly.FromDateTime(DateTime.UtcNow)) == GeminiModelStatus.Live;

    /// <summary>Registers the backend.</summary>
    public void Configure(GeminiBatchBuilder builder)
    {
        if (!IsEmulator)
        {
            builder.UseDeveloperApi(options => options.Endpoint = _client.Endpoint);
            return;
        }

        builder.UseBackend(_ => new EmulatedBackend(new DeveloperBackend(_client)));
        builder.Configure(options =>
        {
            // Jobs of an emulator take seconds, not hours.
            options.InitialPollInterval = TimeSpan.FromMilliseconds(500);
            options.MaxPollInterval = TimeSpan.FromSeconds(2);
            options.RetryInterval = TimeSpan.FromMilliseconds(500);
            options.ReconcileInterval = TimeSpan.FromMilliseconds(500);
            options.ReconcileQuietPeriod = TimeSpan.FromSeconds(2);
            options.CreationBackoff = TimeSpan.FromSeconds(1);
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }
    }
}
