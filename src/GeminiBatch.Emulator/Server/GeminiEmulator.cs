namespace GeminiBatch;

/// <summary>
/// A local server that speaks the Gemini Developer API's batch protocol: files, batches, models, generateContent and countTokens.
/// It listens on 127.0.0.1 only and needs no account. It is no model: its answers are made by rules from the request's schema and the text of the document.
/// </summary>
public sealed class GeminiEmulator : IAsyncDisposable, IServiceProvider
{
    private GeminiEmulator(Uri endpoint) => Endpoint = endpoint;

    /// <summary>The base address, e.g. http://127.0.0.1:41873/.</summary>
    public Uri Endpoint { get; }

    /// <summary>The calls answered by this process, oldest first; only the latest 10,000 are kept.</summary>
    public IReadOnlyList<EmulatedCall> Calls { get; } = [];

    /// <summary>Every job ever created in the state folder, oldest first, deleted ones included.</summary>
    public IReadOnlyList<EmulatedJob> Jobs { get; } = [];

    /// <summary>Starts an emulator and returns when it accepts connections.</summary>
    /// <exception cref="EmulatorException">The port is in use, or the state folder is in use by another emulator or not usable. The message says which and what to do.</exception>
    public static Task<GeminiEmulator> StartAsync(GeminiEmulatorOptions? options = null, CancellationToken ct = default) => throw new NotImplementedException();

    /// <summary>Gives the <see cref="Uri"/> of the endpoint; null for every other type.</summary>
    public object? GetService(Type serviceType) => serviceType == typeof(Uri) ? Endpoint : null;

    /// <summary>Stops listening and releases the state folder; a temporary one is deleted.</summary>
    public ValueTask DisposeAsync() => default;
}
