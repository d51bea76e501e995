using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace GeminiBatch.Emulator.Tests.Webhooks;

/// <summary>A server of this machine that keeps what it is told, and may refuse the first calls.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SemaphoreSlim _arrived = new(0);
    private int _refusals;

    private WebhookReceiver(int refusals, IPAddress address)
    {
        _refusals = refusals;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(address, 0));
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    public ConcurrentQueue<(string Body, IHeaderDictionary Headers)> Calls { get; } = [];

    public string Address => _app.Urls.First() + "/hook";

    public static async Task<WebhookReceiver> StartAsync(int refusals = 0, IPAddress? address = null)
    {
        var receiver = new WebhookReceiver(refusals, address ?? IPAddress.Loopback);
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public async Task<(string Body, IHeaderDictionary Headers)> NextAsync()
    {
        await _arrived.WaitAsync(TestContext.Current.CancellationToken);
        Assert.True(Calls.TryDequeue(out var call));
        return call;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _arrived.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        context.Response.StatusCode = Interlocked.Decrement(ref _refusals) >= 0 ? 503 : 200;
        Calls.Enqueue((body, new HeaderDictionary(context.Request.Headers.ToDictionary(static header => header.Key, static header => header.Value))));
        _arrived.Release();
    }
}
