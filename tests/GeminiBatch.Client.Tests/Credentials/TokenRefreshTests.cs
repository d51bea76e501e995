using GeminiBatch.Client.Tests.Wire;

namespace GeminiBatch.Client.Tests.Credentials;

/// <summary>Protocol 9.1, 401: a refused token is fetched anew once.</summary>
public sealed class TokenRefreshTests
{
    private const string Job = """{"name":"projects/1/locations/global/batchPredictionJobs/2","state":"JOB_STATE_PENDING"}""";

    [Fact]
    public async Task A_refused_token_is_replaced_and_the_call_sent_again_also_a_creation()
    {
        await using StubServer server = await StubServer.StartAsync((401, """{"error":{"code":401,"status":"UNAUTHENTICATED","message":"expired"}}"""), (200, Job));

        await server.VertexClient().Jobs.CreateAsync(
            new VertexJobCreation
            {
                Model = "gemini-3.5-flash-lite",
                DisplayName = "d",
                Input = VertexInput.FromStorage(new CloudObjectName("demo-bucket", "in.jsonl")),
                Output = VertexOutput.ToStorage(new CloudObjectName("demo-bucket", "out")),
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(["Bearer token-1", "Bearer token-2"], server.Requests.Select(request => request.Header("Authorization")));
        Assert.Equal(server.Requests[0].Text, server.Requests[1].Text);
    }

    [Fact]
    public async Task A_second_refusal_is_an_error_that_says_to_log_in()
    {
        await using StubServer server = await StubServer.StartAsync((401, """{"error":{"code":401,"status":"UNAUTHENTICATED","message":"expired"}}"""));

        GeminiApiException exception = await Assert.ThrowsAsync<GeminiApiException>(() => server.VertexClient().Jobs.GetAsync("2", TestContext.Current.CancellationToken));

        Assert.Equal(2, server.Requests.Count);
        Assert.Contains("log in again", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_key_is_not_tried_twice()
    {
        await using StubServer server = await StubServer.StartAsync((401, "{}"));

        await Assert.ThrowsAsync<GeminiApiException>(() => server.Client().Batches.GetAsync("batches/x", TestContext.Current.CancellationToken));

        Assert.Single(server.Requests);
    }
}
