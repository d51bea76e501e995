using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GeminiBatch;

/// <summary>Typed client of batch jobs on Vertex AI and of the bucket that they read and write (protocol: 3, 4). Safe to use from several threads at once; make one and keep it.</summary>
/// <remarks>
/// What is safe to repeat is repeated after 408, 429, 5xx and broken connections. A token that the service refuses is fetched anew once. Every call throws
/// <see cref="GeminiApiException"/> when the service answers with an error, <see cref="HttpRequestException"/> or <see cref="TimeoutException"/> when it does not
/// answer, and <see cref="FormatException"/> when the answer is not what the protocol says.
/// </remarks>
public sealed class VertexAIClient
{
    private readonly ApiTransport _transport;

    /// <summary>A client without a container, over a connection pool of its own that lives as long as the process.</summary>
    /// <param name="options">How the service is reached.</param>
    /// <param name="timeProvider">Clock of waits between attempts; null for the system's.</param>
    /// <param name="loggerFactory">Where to log; null for nowhere.</param>
    /// <exception cref="MissingCredentialsException">There is no source of tokens.</exception>
    /// <exception cref="ArgumentException">An option is unusable; the message says which.</exception>
    public VertexAIClient(VertexAIOptions options, TimeProvider? timeProvider = null, ILoggerFactory? loggerFactory = null)
        : this(SharedConnections.Client, options, timeProvider, loggerFactory)
    {
    }

    /// <summary>A client over a given <see cref="HttpClient"/>.</summary>
    /// <param name="http">The client to send with. It should not follow redirects, and its own timeout bounds whole downloads: set <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="options">How the service is reached.</param>
    /// <param name="timeProvider">Clock of waits between attempts; null for the system's.</param>
    /// <param name="loggerFactory">Where to log; null for nowhere.</param>
    /// <exception cref="MissingCredentialsException">There is no source of tokens.</exception>
    /// <exception cref="ArgumentException">An option is unusable; the message says which.</exception>
    public VertexAIClient(HttpClient http, VertexAIOptions options, TimeProvider? timeProvider = null, ILoggerFactory? loggerFactory = null)
        : this(() => http, options, timeProvider, loggerFactory)
    {
        ArgumentNullException.ThrowIfNull(http);
    }

    internal VertexAIClient(Func<HttpClient> http, VertexAIOptions options, TimeProvider? timeProvider, ILoggerFactory? loggerFactory, Func<string, string?>? environment = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ILogger logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<VertexAIClient>();
        TimeProvider time = timeProvider ?? TimeProvider.System;
        Settings = VertexAISettings.From(options, environment ?? Environment.GetEnvironmentVariable);
        Options = options;
        _transport = new ApiTransport(http, Settings.Endpoint, Settings.Credentials, options, time, logger);
        Jobs = new VertexJobs(_transport, Settings.Project, Settings.Location);
        Storage = new CloudStorage(new ApiTransport(http, Settings.StorageEndpoint, Settings.Credentials, options, time, logger), options, Settings.Project);
    }

    /// <summary>Batch prediction jobs.</summary>
    public VertexJobs Jobs { get; }

    /// <summary>Objects and buckets.</summary>
    public CloudStorage Storage { get; }

    /// <summary>The project.</summary>
    public string Project => Settings.Project;

    /// <summary>Where jobs run, such as <c>global</c>.</summary>
    public string Location => Settings.Location;

    /// <summary>The base address of Vertex AI; ends in a slash.</summary>
    public Uri Endpoint => _transport.Endpoint;

    internal VertexAISettings Settings { get; }

    internal VertexAIOptions Options { get; }

    internal ILogger Logger => _transport.Logger;

    internal TimeProvider Time => _transport.Time;

    /// <summary>Counts a request's input tokens, free of charge.</summary>
    /// <param name="model">The model's id, or its full name.</param>
    /// <param name="request">What would be asked.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<GeminiTokenCount> CountTokensAsync(string model, GeminiRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        string name = ResourceName.VertexModel(model);
        string path = name.StartsWith("projects/", StringComparison.Ordinal) ? name : $"projects/{Project}/locations/{Location}/{name}";
        byte[] body = RawJson.Write(request.WriteTo);
        var call = new ApiCall($"Counting tokens for {name}", "count_tokens", HttpMethod.Post, _transport.Address($"v1/{path}:countTokens")) { Content = () => JsonBody.Of(body) };
        using JsonDocument answer = await _transport.SendRepeatableAsync(call, cancellationToken).ConfigureAwait(false);
        return new GeminiTokenCount(JsonRead.Integer(answer.RootElement, "totalTokens") ?? 0, JsonRead.Integer(answer.RootElement, "cachedContentTokenCount") ?? 0);
    }
}
