using GeminiBatch.Client.Tests.Wire;
using Microsoft.AspNetCore.Http;

namespace GeminiBatch.Client.Tests.Transport;

/// <summary>Protocol 9.1: what is repeated, how often, and after which wait.</summary>
public sealed class RepetitionTests
{
    private const string Job = """{"name":"batches/x","metadata":{"state":"BATCH_STATE_PENDING"}}""";

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_read_is_repeated_after_a_transient_status(int status)
    {
        await using StubServer server = await StubServer.StartAsync((status, "trouble"), (status, "trouble"), (200, Job));

        GeminiBatchJob job = await server.Client().Batches.GetAsync("batches/x", TestContext.Current.CancellationToken);

        Assert.Equal("batches/x", job.Name);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(501)]
    public async Task A_read_is_not_repeated_after_a_final_status(int status)
    {
        await using StubServer server = await StubServer.StartAsync((status, "no"));

        GeminiApiException refused = await Assert.ThrowsAsync<GeminiApiException>(() => server.Client().Batches.GetAsync("batches/x", TestContext.Current.CancellationToken));

        Assert.Equal(status, refused.HttpStatus);
        Assert.False(refused.IsTransient);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Five_attempts_are_made_with_growing_waits()
    {
        await using StubServer server = await StubServer.StartAsync((503, ""));

        GeminiApiException refused = await Assert.ThrowsAsync<GeminiApiException>(() => server.Client().Batches.GetAsync("batches/x", TestContext.Current.CancellationToken));

        Assert.True(refused.IsTransient);
        Assert.Equal(5, server.Requests.Count);
        Assert.Equal(4, server.Clock.Waits.Count);
        Assert.All(server.Clock.Waits, wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task The_wait_that_RetryInfo_asks_for_is_kept()
    {
        await using StubServer server = await StubServer.StartAsync((429, SharedData.Sample("error_429_quota.json")), (200, Job));

        await server.Client().Batches.GetAsync("batches/x", TestContext.Current.CancellationToken);

        Assert.Equal([TimeSpan.FromSeconds(34.4)], server.Clock.Waits);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("Sun, 22 Nov 2026 09:00:30 GMT", 30)]
    [InlineData("Sun, 22 Nov 2026 08:00:00 GMT", 0)]
    public async Task The_wait_that_the_header_asks_for_is_kept_in_both_forms(string header, int seconds)
    {
        int requests = 0;
        await using StubServer server = await StubServer.StartAsync(async (_, context) =>
        {
            context.Response.StatusCode = ++requests == 1 ? 503 : 200;
            context.Response.Headers.RetryAfter = header;
            await context.Response.WriteAsync(Job);
        });

        await server.Client().Batches.GetAsync("batches/x", TestContext.Current.CancellationToken);

        Assert.Equal(TimeSpan.FromSeconds(seconds), server.Clock.Waits.SingleOrDefault());
    }

    [Fact]
    public async Task A_wait_beyond_the_longest_is_left_to_the_caller()
    {
        await using StubServer server = await StubServer.StartAsync(
            (429, """{"error":{"code":429,"message":"q","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"3600s"}]}}"""));

        GeminiApiException refused = await Assert.ThrowsAsync<GeminiApiException>(() => server.Client().Batches.GetAsync("batches/x", TestContext.Current.CancellationToken));

        Assert.Equal(TimeSpan.FromHours(1), refused.RetryAfter);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_repeated()
    {
        int requests = 0;
        await using StubServer server = await StubServer.StartAsync(async (_, context) =>
        {
            if (++requests < 3)
            {
                context.Abort();
                return;
            }

            await context.Response.WriteAsync(Job);
        });

        await server.Client().Batches.GetAsync("batches/x", TestContext.Current.CancellationToken);

        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Cancelling_and_deleting_are_repeated_and_a_job_that_is_gone_is_deleted()
    {
        await using StubServer server = await StubServer.StartAsync((503, ""), (200, "{}"), (503, ""), (404, ""));
        DeveloperBatches batches = server.Client().Batches;

        await batches.CancelAsync("batches/x", TestContext.Current.CancellationToken);
        await batches.DeleteAsync("batches/x", TestContext.Current.CancellationToken);

        Assert.Equal(
            ["POST /v1beta/batches/x:cancel", "POST /v1beta/batches/x:cancel", "DELETE /v1beta/batches/x", "DELETE /v1beta/batches/x"],
            server.Requests.Select(request => request.ToString()));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(408)]
    public async Task A_creation_is_sent_once_and_uncertain_after_a_server_error(int status)
    {
        await using StubServer server = await StubServer.StartAsync((status, ""));

        JobCreationUncertainException uncertain = await Assert.ThrowsAsync<JobCreationUncertainException>(
            () => server.Client().Batches.CreateFromFileAsync("m", "name", "files/f", TestContext.Current.CancellationToken));

        Assert.Equal("files/f", uncertain.InputFile);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(429)]
    public async Task A_creation_is_sent_once_and_certain_after_a_refusal(int status)
    {
        await using StubServer server = await StubServer.StartAsync((status, ""));

        await Assert.ThrowsAsync<GeminiApiException>(() => server.Client().Batches.CreateFromFileAsync("m", "name", "files/f", TestContext.Current.CancellationToken));

        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("<html>a proxy's page</html>")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task A_creation_answered_with_something_else_is_uncertain(string body)
    {
        await using StubServer server = await StubServer.StartAsync((200, body));

        await Assert.ThrowsAsync<JobCreationUncertainException>(() => server.Client().Batches.CreateFromFileAsync("m", "name", "files/f", TestContext.Current.CancellationToken));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_creation_cancelled_on_its_way_is_uncertain_and_before_it_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        await using StubServer server = await StubServer.StartAsync(async (_, context) =>
        {
            await cancellation.CancelAsync();
            context.Abort();
        });
        DeveloperBatches batches = server.Client().Batches;

        await Assert.ThrowsAsync<JobCreationUncertainException>(() => batches.CreateFromFileAsync("m", "name", "files/f", cancellation.Token));
        await Assert.ThrowsAsync<OperationCanceledException>(() => batches.CreateFromFileAsync("m", "name", "files/f", cancellation.Token));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_attempt_without_an_answer_ends_after_its_time()
    {
        await using StubServer server = await StubServer.StartAsync((_, context) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));

        await Assert.ThrowsAsync<TimeoutException>(() => server.Client(options =>
        {
            options.AttemptTimeout = TimeSpan.FromMilliseconds(50);
            options.MaxAttempts = 2;
        }).Batches.GetAsync("batches/x", TestContext.Current.CancellationToken));

        Assert.Single(server.Clock.Waits);
    }
}
