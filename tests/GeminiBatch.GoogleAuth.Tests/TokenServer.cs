using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GeminiBatch.GoogleAuth.Tests;

/// <summary>A token endpoint on the loopback. Keeps the forms that it was sent.</summary>
internal sealed class TokenServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private TokenServer(WebApplication application) => _application = application;

    public string Address => _application.Urls.Single() + "/token";

    public List<Dictionary<string, string>> Forms { get; } = [];

    /// <summary>The bodies that were sent to <c>/impersonate</c>, with the token that they were sent under.</summary>
    public List<(string Token, string Body)> Impersonations { get; } = [];

    public static async Task<TokenServer> StartAsync(int status, string body, string? impersonation = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication application = builder.Build();
        var server = new TokenServer(application);
        application.MapPost("/token", async context =>
        {
            IFormCollection form = await context.Request.ReadFormAsync();
            server.Forms.Add(form.ToDictionary(field => field.Key, field => field.Value.ToString()));
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(body, Encoding.UTF8);
        });
        application.MapPost("/impersonate", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            server.Impersonations.Add((context.Request.Headers.Authorization.ToString(), await reader.ReadToEndAsync()));
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(impersonation ?? "{}", Encoding.UTF8);
        });
        await application.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
