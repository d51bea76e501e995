using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GeminiBatch;

/// <summary>Typed client of the Gemini Developer API (protocol: 1). Safe to use from several threads at once; make one and keep it.</summary>
/// <remarks>
/// What is safe to repeat is repeated after 408, 429, 5xx and broken connections: reading, listing, cancelling, deleting, uploading. The key goes
/// into the <c>x-goog-api-key</c> header and nowhere else. Every call throws <see cref="GeminiApiException"/> when the service
/// answers with an error, and <see cref="HttpRequestException"/> or <see cref="TimeoutException"/> when it does not answer,
/// <see cref="FormatException"/> when the answer is not what the protocol says (a proxy's page, for instance).
/// </remarks>
public sealed class DeveloperApiClient
{
    private readonly ApiTransport _transport;

    /// <summary>A client without a container, over a connection pool of its own that lives as long as the process.</summary>
    /// <param name="options">How the service is reached; null takes everything from the environment.</param>
    /// <param name="timeProvider">Clock of waits between attempts; null for the system's.</param>
    /// <param name="loggerFactory">Where to log; null for nowhere.</param>
    /// <exception cref="MissingCredentialsException">There is no key.</exception>
    /// <exception cref="ArgumentException">An option is unusable; the message says which.</exception>
    public DeveloperApiClient(DeveloperApiOptions? options = null, TimeProvider? timeProvider = null, ILoggerFactory? loggerFactory = null)
        : this(SharedConnections.Client, options ?? new DeveloperApiOptions(), timeProvider, loggerFactory)
    {
    }

    /// <summary>A client over a given <see cref="HttpClient"/>.</summary>
    /// <param name="http">
    /// The client to send with. It must not follow redirects, because the key would travel along: after the first one that leads to another server
    /// every call throws <see cref="InvalidOperationException"/>. Its own timeout bounds whole downloads: set <see cref="Timeout.InfiniteTimeSpan"/>, attempts have limits of their own.
    /// </param>
    /// <param name="options">How the service is reached.</param>
    /// <param name="timeProvider">Clock of waits between attempts; null for the system's.</param>
    /// <param name="loggerFactory">Where to log; null for nowhere.</param>
    /// <exception cref="MissingCredentialsException">There is no key.</exception>
    /// <exception cref="ArgumentException">An option is unusable; the message says which.</exception>
    public DeveloperApiClient(HttpClient http, DeveloperApiOptions options, TimeProvider? timeProvider = null, ILoggerFactory? loggerFactory = null)
        : this(() => http, options, timeProvider, loggerFactory)
    {
        ArgumentNullException.ThrowIfNull(http);
    }

    internal DeveloperApiClient(Func<HttpClient> http, DeveloperApiOptions options, TimeProvider? timeProvider, ILoggerFactory? loggerFactory, Func<string, string?>? environment = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ILogger logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<DeveloperApiClient>();
        DeveloperApiSettings settings = DeveloperApiSettings.From(options, environment ?? Environment.GetEnvironmentVariable);
        if (settings.BothKeysSet)
        {
            ClientLog.BothKeysSet(logger);
        }

        Account = settings.Credentials.Account;
        _transport = new ApiTransport(http, settings.Endpoint, settings.Credentials, options, timeProvider ?? TimeProvider.System, logger);
        Files = new DeveloperFiles(_transport, options);
        Batches = new DeveloperBatches(_transport);
        Models = new DeveloperModels(_transport);
    }

    /// <summary>Uploaded and generated files.</summary>
    public DeveloperFiles Files { get; }

    /// <summary>Batch jobs.</summary>
    public DeveloperBatches Batches { get; }

    /// <summary>Models.</summary>
    public DeveloperModels Models { get; }

    /// <summary>The base address; ends in a slash.</summary>
    public Uri Endpoint => _transport.Endpoint;

    /// <summary>Fingerprint of the API key, such as <c>k-1a2b3c4d</c>, or <c>oauth</c>. Says which key it is and nothing of it.</summary>
    public string Account { get; }

    internal ILogger Logger => _transport.Logger;

    internal TimeProvider Time => _transport.Time;

    /// <summary>Asks the model now, at the full price. Sent once: a repeated question may be paid twice.</summary>
    /// <param name="model">The model's id, with or without <c>models/</c>.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The answer, read as a result row without a key.</returns>
    public async Task<ResultRow> GenerateContentAsync(string model, GeminiRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        string name = ResourceName.Model(model);
        ApiCall call = Call($"Asking {name}", "generate_content", $"v1beta/{name}:generateContent", RawJson.Write(request.WriteTo));
        using JsonDocument answer = await _transport.SendOnceAsync(call, cancellationToken).ConfigureAwait(false);
        return ResultRowReader.ReadResponse(answer.RootElement);
    }

    /// <summary>Counts a request's input tokens, free of charge (protocol: 1.2, row 2).</summary>
    /// <param name="model">The model's id, with or without <c>models/</c>.</param>
    /// <param name="request">What would be asked.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<GeminiTokenCount> CountTokensAsync(string model, GeminiRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        string name = ResourceName.Model(model);
        byte[] body = RawJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("generateContentRequest"u8);
            writer.WriteString("model"u8, name);
            request.WriteMembersTo(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
        ApiCall call = Call($"Counting tokens for {name}", "count_tokens", $"v1beta/{name}:countTokens", body);
        using JsonDocument answer = await _transport.SendRepeatableAsync(call, cancellationToken).ConfigureAwait(false);
        return new GeminiTokenCount(
            JsonRead.Integer(answer.RootElement, "totalTokens") ?? 0,
            JsonRead.Integer(answer.RootElement, "cachedContentTokenCount") ?? 0);
    }

    private ApiCall Call(string operation, string name, string path, byte[] body) =>
        new(operation, name, HttpMethod.Post, _transport.Address(path)) { Content = () => JsonBody.Of(body) };
}
