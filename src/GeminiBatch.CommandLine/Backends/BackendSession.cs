namespace GeminiBatch;

/// <summary>The backend of one invocation, with the embedded emulator when there is one.</summary>
internal sealed class BackendSession : IAsyncDisposable
{
    // Any key is good for an emulator; the user's own is not for it.
    private const string EmulatorKey = "emulator";
    private readonly IAsyncDisposable? _emulator;
    private readonly HttpClient? _http;
    private readonly Uri? _endpoint;

    private BackendSession(IAsyncDisposable? emulator, Uri? endpoint)
    {
        _emulator = emulator;
        _endpoint = endpoint;
        _http = emulator is null ? null : new HttpClient();
    }

    public bool IsEmulator => _emulator is not null;

    public string Name => IsEmulator ? "emulator" : "Gemini Developer API";

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

        var folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(settings.Ledger))!, "emulator");
        PrivateFile.CreateFolder(folder);
        try
        {
            var (started, endpoint) = await app.StartEmulator(new EmulatorSetup { StateFolder = folder, Port = settings.EmulatorPort, Seed = settings.Seed, Noise = settings.Noise });
            return new BackendSession(started, endpoint ?? throw new InvalidOperationException("it gives no Uri as its endpoint."));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new CommandLineException($"The emulator cannot start: {exception.Message}", exception);
        }
    }

    /// <summary>
    /// Asks Google for the model before anything is uploaded: a wrong key, a wrong model or a missing network is told in seconds, not after the
    /// patience that a run has with its backend. Costs nothing.
    /// </summary>
    public async Task ProbeAsync(string model, CancellationToken cancellationToken)
    {
        if (IsEmulator)
        {
            return;
        }

        using var http = new HttpClient();
        var client = new DeveloperApiClient(http, new DeveloperApiOptions { Endpoint = _endpoint, MaxAttempts = 2 });
        await client.Models.GetAsync(model, cancellationToken);
    }

    /// <summary>Registers the backend.</summary>
    public void Configure(GeminiBatchBuilder builder)
    {
        if (!IsEmulator)
        {
            builder.UseDeveloperApi(options => options.Endpoint = _endpoint ?? options.Endpoint);
            return;
        }

        var client = new DeveloperApiClient(_http!, new DeveloperApiOptions
        {
            ApiKey = EmulatorKey,
            Endpoint = _endpoint,
            FilePollInterval = TimeSpan.FromMilliseconds(200),
            FirstRetryDelay = TimeSpan.FromMilliseconds(200),
        });
        builder.UseBackend(_ => new EmulatedBackend(new DeveloperBackend(client)));
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
        _http?.Dispose();
        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }
    }
}
