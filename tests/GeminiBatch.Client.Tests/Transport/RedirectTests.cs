using GeminiBatch.Client.Tests.Wire;
using Microsoft.AspNetCore.Http;

namespace GeminiBatch.Client.Tests.Transport;

/// <summary>The key is for one server.</summary>
public sealed class RedirectTests
{
    private const string Job = """{"name":"batches/x","metadata":{"state":"BATCH_STATE_PENDING"}}""";

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using StubServer foreign = await StubServer.StartAsync((200, Job));
        await using StubServer server = await RedirectingAsync(foreign.Endpoint);

        GeminiApiException refused = await Assert.ThrowsAsync<GeminiApiException>(() => server.Client().Batches.GetAsync("batches/x", TestContext.Current.CancellationToken));

        Assert.Equal(302, refused.HttpStatus);
        Assert.Empty(foreign.Requests);
    }

    [Fact]
    public async Task A_client_that_followed_a_redirect_sends_the_key_never_again()
    {
        await using StubServer foreign = await StubServer.StartAsync((200, Job));
        await using StubServer server = await RedirectingAsync(foreign.Endpoint);
        using var http = new HttpClient();
        var client = new DeveloperApiClient(http, new DeveloperApiOptions { ApiKey = StubServer.ApiKey, Endpoint = server.Endpoint });

        InvalidOperationException first = await Assert.ThrowsAsync<InvalidOperationException>(() => client.Batches.GetAsync("batches/x", TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.Batches.GetAsync("batches/x", TestContext.Current.CancellationToken));

        Assert.Contains("AllowAutoRedirect", first.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(StubServer.ApiKey, first.Message, StringComparison.Ordinal);
        Assert.Single(foreign.Requests);
        Assert.Single(server.Requests);
    }

    private static Task<StubServer> RedirectingAsync(Uri target) => StubServer.StartAsync((_, context) =>
    {
        context.Response.Redirect(new Uri(target, "v1beta/batches/x").AbsoluteUri);
        return Task.CompletedTask;
    });
}
