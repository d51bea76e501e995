using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GeminiBatch.Emulator;

/// <summary>Kestrel on 127.0.0.1, with nothing read from the environment and nothing written to the console.</summary>
internal sealed class EmulatorServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private RequestDelegate handler = _ => Task.CompletedTask;

    private EmulatorServer(WebApplication app) => this.app = app;

    public Uri Endpoint { get; private set; } = new("http://127.0.0.1/");

    public static async Task<EmulatorServer> StartAsync(int port, Func<Uri, RequestDelegate> makeHandler, CancellationToken ct)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => Configure(options, port));
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var server = new EmulatorServer(builder.Build());
        server.app.Run(context => server.handler(context));
        try
        {
            await server.app.StartAsync(ct);
        }
        catch (IOException error)
        {
            await server.DisposeAsync();
            throw new EmulatorException($"Port {port} on 127.0.0.1 is in use by another program. Choose another port, or 0 for any free one.", error);
        }

        server.Endpoint = new Uri(server.app.Urls.First() + "/");
        server.handler = makeHandler(server.Endpoint);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static void Configure(KestrelServerOptions options, int port)
    {
        options.Listen(System.Net.IPAddress.Loopback, port);
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
    }

    /// <summary>Leaves signals and the console to the program that the emulator lives in.</summary>
    private sealed class EmbeddedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
