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

    private static Task<GeminiEmulator> StartAsync() => GeminiEmulator.StartAsync(new GeminiEmulatorOptions { TimeProvider = s_clock });

    private static readonly SkippingClock s_clock = new();

    private static VertexBackend Backend(GeminiEmulator emulator) => new(new VertexAIClient(
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
}
