namespace GeminiBatch.Testing;

/// <summary>A running emulator on a fake clock and a state folder of its own, with an HttpClient that carries a key. Can be stopped and started again on the same folder.</summary>
public sealed class EmulatorFixture : IAsyncDisposable
{
    /// <summary>The key that <see cref="Http"/> sends.</summary>
    public const string ApiKey = "test-key-of-the-emulator";

    private readonly Func<GeminiEmulatorOptions, GeminiEmulatorOptions> configure;

    private EmulatorFixture(Func<GeminiEmulatorOptions, GeminiEmulatorOptions>? configure)
    {
        this.configure = configure ?? (options => options);
        StateFolder = Path.Combine(Path.GetTempPath(), "gemini-emulator-" + Guid.NewGuid().ToString("N"));
    }

    /// <summary>The clock that moves the emulator's jobs.</summary>
    public FakeClock Clock { get; } = new();

    /// <summary>The folder that survives <see cref="RestartAsync"/>.</summary>
    public string StateFolder { get; }

    /// <summary>The running emulator.</summary>
    public GeminiEmulator Emulator { get; private set; } = null!;

    /// <summary>A client with base address and key.</summary>
    public HttpClient Http { get; private set; } = null!;

    /// <summary>Starts an emulator; <paramref name="configure"/> changes the fixture's options.</summary>
    public static async Task<EmulatorFixture> StartAsync(Func<GeminiEmulatorOptions, GeminiEmulatorOptions>? configure = null)
    {
        var fixture = new EmulatorFixture(configure);
        await fixture.StartAgainAsync();
        return fixture;
    }

    /// <summary>Stops the emulator and starts another one on the same folder, at another port.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAgainAsync();
    }

    /// <summary>Stops the emulator and keeps its folder.</summary>
    public async Task StopAsync()
    {
        Http.Dispose();
        await Emulator.DisposeAsync();
    }

    /// <summary>Starts an emulator on the folder after <see cref="StopAsync"/>.</summary>
    public async Task StartAgainAsync()
    {
        Emulator = await GeminiEmulator.StartAsync(configure(new GeminiEmulatorOptions { StateFolder = StateFolder, TimeProvider = Clock }));
        Http = new HttpClient { BaseAddress = Emulator.Endpoint };
        Http.DefaultRequestHeaders.Add("x-goog-api-key", ApiKey);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (Directory.Exists(StateFolder))
        {
            Directory.Delete(StateFolder, recursive: true);
        }
    }
}
