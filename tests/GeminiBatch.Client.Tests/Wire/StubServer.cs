using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GeminiBatch.Client.Tests.Wire;

/// <summary>A server on the loopback that answers as a test tells it, for facts that the emulator does not show. Keeps what it was sent.</summary>
internal sealed class StubServer : IAsyncDisposable
{
    public const string ApiKey = "stub-key-0123456789";

    private readonly WebApplication _application;
    private readonly Lock _gate = new();
    private readonly List<StubRequest> _requests = [];

    private StubServer(WebApplication application) => _application = application;

    public Uri Endpoint => new(_application.Urls.Single() + "/");

    /// <summary>Waits between attempts pass at once and are kept here.</summary>
    public ImpatientClock Clock { get; } = new();

    public IReadOnlyList<StubRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    public static async Task<StubServer> StartAsync(Func<StubRequest, HttpContext, Task> answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        WebApplication application = builder.Build();
        var server = new StubServer(application);
        application.Run(context => server.HandleAsync(context, answer));
        await application.StartAsync();
        return server;
    }

    /// <summary>Answers each request with the next of some answers, the last one for all that follow.</summary>
    public static Task<StubServer> StartAsync(params (int Status, string Body)[] answers)
    {
        int next = 0;
        return StartAsync(async (_, context) =>
        {
            (int status, string body) = answers[Math.Min(Interlocked.Increment(ref next) - 1, answers.Length - 1)];
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(body);
        });
    }

    public DeveloperApiClient Client(Action<DeveloperApiOptions>? configure = null, ILoggerFactory? logs = null)
    {
        var options = new DeveloperApiOptions { ApiKey = ApiKey, Endpoint = Endpoint };
        configure?.Invoke(options);
        return new DeveloperApiClient(options, Clock, logs);
    }

    public VertexAIClient VertexClient(Action<VertexAIOptions>? configure = null, ILoggerFactory? logs = null)
    {
        var options = new VertexAIOptions
        {
            Project = "demo-proj",
            Bucket = "demo-bucket",
            Endpoint = Endpoint,
            StorageEndpoint = Endpoint,
            AccessTokens = new CountedTokens(),
        };
        configure?.Invoke(options);
        return new VertexAIClient(options, Clock, logs);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context, Func<StubRequest, HttpContext, Task> answer)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var request = new StubRequest(
            context.Request.Method,
            context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
        lock (_gate)
        {
            _requests.Add(request);
        }

        await answer(request, context);
    }
}
