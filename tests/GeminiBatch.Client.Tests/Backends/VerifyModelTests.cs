using System.Net;
using GeminiBatch.Client.Tests.Wire;
using GeminiBatch.Testing;

namespace GeminiBatch.Client.Tests.Backends;

/// <summary>Protocol 1.2, row 3, and 3.1: whether a backend runs batches of a model is asked, never assumed, and no other model is taken.</summary>
public sealed class VerifyModelTests
{
    [Theory]
    [InlineData(GeminiModels.Flash35Lite, true)]
    [InlineData("models/gemini-3.5-flash-lite", true)]
    [InlineData("gemini-embedding-001", false)]
    [InlineData("gemini-9-flash", false)]
    public async Task The_Developer_API_is_asked_for_its_list_and_nothing_is_created(string model, bool runs)
    {
        await using EmulatorFixture emulator = await EmulatorFixture.StartAsync();
        var backend = new DeveloperBackend(new DeveloperApiClient(new DeveloperApiOptions { ApiKey = EmulatorFixture.ApiKey, Endpoint = emulator.Emulator.Endpoint }));

        ModelVerification found = (await backend.VerifyModelAsync(model, cancellationToken: TestContext.Current.CancellationToken))!;

        Assert.Equal((model, runs), (found.Model, found.RunsBatches));
        Assert.Contains(GeminiModels.Flash35Lite, found.Others);
        Assert.DoesNotContain("gemini-embedding-001", found.Others);
        Assert.All(emulator.Emulator.Calls, static call => Assert.Equal(EmulatedOperation.ListModels, call.Operation));
    }

    [Fact]
    public async Task Vertex_AI_is_asked_by_a_job_of_one_row_and_only_when_it_may_be_paid_for()
    {
        await using GeminiEmulator emulator = await StartAsync();
        VertexBackend backend = Backend(emulator);

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(async () => await backend.VerifyModelAsync(GeminiModels.Flash35Lite, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Empty(emulator.Calls);
        ModelVerification found = (await backend.VerifyModelAsync(GeminiModels.Flash35Lite, mayPay: true, TestContext.Current.CancellationToken))!;

        Assert.Contains("mayPay", refused.Message, StringComparison.Ordinal);
        Assert.True(found.RunsBatches, found.Message);
        Assert.True(GeminiCatalogue.IsSameModel(GeminiModels.Flash35Lite, found.AnsweredBy!));
        Assert.Single(emulator.Jobs);
        Assert.Contains(emulator.Calls, static call => call.Operation == EmulatedOperation.DeleteFile);
    }

    [Fact]
    public async Task A_model_that_Vertex_AI_does_not_know_is_said_and_no_other_one_is_tried()
    {
        await using GeminiEmulator emulator = await StartAsync();

        ModelVerification found = (await Backend(emulator).VerifyModelAsync("gemini-9-flash", mayPay: true, TestContext.Current.CancellationToken))!;

        Assert.False(found.RunsBatches);
        Assert.Contains("gemini-9-flash", found.Message, StringComparison.Ordinal);
        Assert.Single(emulator.Calls, static call => call.Operation == EmulatedOperation.CreateBatch);
        Assert.Empty(emulator.Jobs);
    }

    [Fact]
    public async Task A_model_that_another_one_answers_for_is_not_verified()
    {
        await using GeminiEmulator emulator = await StartAsync();

        ModelVerification found = (await Backend(emulator).VerifyModelAsync(GeminiModels.Flash37, mayPay: true, TestContext.Current.CancellationToken))!;

        Assert.False(found.RunsBatches);
        Assert.Contains(GeminiModels.Flash38, found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_probe_that_is_interrupted_cancels_its_job_and_deletes_its_file(bool isRefused)
    {
        await using GeminiEmulator emulator = await GeminiEmulator.StartAsync(new GeminiEmulatorOptions { TimeProvider = new FakeClock() }, TestContext.Current.CancellationToken);
        using var interruption = new CancellationTokenSource();
        using var between = new Between(async request =>
        {
            if (request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath.Contains("/batchPredictionJobs/", StringComparison.Ordinal))
            {
                await interruption.CancelAsync();
            }

            return isRefused && request.RequestUri!.AbsolutePath.EndsWith(":cancel", StringComparison.Ordinal) ? HttpStatusCode.Forbidden : null;
        });
        using var http = new HttpClient(between);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Backend(emulator, http).VerifyModelAsync(GeminiModels.Flash35Lite, mayPay: true, interruption.Token));

        Assert.Equal(isRefused ? 0 : 1, emulator.Calls.Count(static call => call.Operation == EmulatedOperation.CancelBatch));
        Assert.Single(emulator.Calls, static call => call.Operation == EmulatedOperation.DeleteFile && call.Status == 204);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.OK)]
    public async Task Tidying_that_fails_does_not_hide_what_a_probe_found_out(HttpStatusCode status)
    {
        await using GeminiEmulator emulator = await StartAsync();
        using var between = new Between(request => Task.FromResult<HttpStatusCode?>(
            request.Method != HttpMethod.Delete ? null : status == HttpStatusCode.OK ? throw new HttpRequestException("The network is away.") : status));
        using var http = new HttpClient(between);

        ModelVerification found = (await Backend(emulator, http).VerifyModelAsync(GeminiModels.Flash35Lite, mayPay: true, TestContext.Current.CancellationToken))!;

        Assert.True(found.RunsBatches, found.Message);
    }

    private static Task<GeminiEmulator> StartAsync() => GeminiEmulator.StartAsync(new GeminiEmulatorOptions { TimeProvider = s_clock });

    private static readonly SkippingClock s_clock = new();

    private static VertexBackend Backend(GeminiEmulator emulator, HttpClient? http = null) => new(new VertexAIClient(
        http ?? SharedConnections.Client(),
        new VertexAIOptions
        {
            Project = "demo-project",
            Bucket = "demo-bucket",
            CreateBucket = true,
            Endpoint = emulator.Endpoint,
            StorageEndpoint = emulator.Endpoint,
            AccessTokens = new CountedTokens(),
        },
        s_clock));

    /// <summary>Sees every request on its way, and may answer it with a status of its own.</summary>
    private sealed class Between(Func<HttpRequestMessage, Task<HttpStatusCode?>> see) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => await see(request) is { } status
            ? new HttpResponseMessage(status) { RequestMessage = request, Content = new StringContent("{}") }
            : await base.SendAsync(request, cancellationToken);
    }
}
