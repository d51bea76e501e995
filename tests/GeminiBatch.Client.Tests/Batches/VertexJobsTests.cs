using System.Text.Json.Nodes;
using GeminiBatch.Client.Tests.Wire;

namespace GeminiBatch.Client.Tests.Batches;

/// <summary>Protocol 3.1 to 3.4 and 3.7: jobs of Vertex AI.</summary>
public sealed class VertexJobsTests
{
    private const string Full = "projects/123/locations/global/batchPredictionJobs/456";

    [Theory]
    [InlineData("vertex_job_queued.json", GeminiBatchState.Queued, false, false)]
    [InlineData("vertex_job_pending.json", GeminiBatchState.Pending, false, false)]
    [InlineData("vertex_job_running.json", GeminiBatchState.Running, false, false)]
    [InlineData("vertex_job_succeeded.json", GeminiBatchState.Succeeded, true, true)]
    [InlineData("vertex_job_partially_succeeded.json", GeminiBatchState.PartiallySucceeded, true, true)]
    [InlineData("vertex_job_failed.json", GeminiBatchState.Failed, true, false)]
    [InlineData("vertex_job_cancelled.json", GeminiBatchState.Cancelled, true, null)]
    [InlineData("vertex_job_expired.json", GeminiBatchState.Expired, true, null)]
    public async Task Every_sample_of_a_job_is_read(string sample, GeminiBatchState state, bool isTerminal, bool? hasResults)
    {
        await using StubServer server = await StubServer.StartAsync((200, SharedData.Sample(sample)));

        GeminiBatchJob job = await server.VertexClient().Jobs.GetAsync(Full, TestContext.Current.CancellationToken);

        Assert.Equal((state, isTerminal), (job.State, job.IsTerminal));
        Assert.Equal("invoices-0001", job.DisplayName);
        Assert.Equal("gs://demo-bucket/in/invoices-0001.jsonl", job.InputFile);
        if (hasResults is { } expected)
        {
            Assert.Equal(expected, job.HasResults);
            Assert.Equal(expected ? "gs://demo-bucket/out/invoices-0001/prediction-model-2026-11-22T01:00:07.553211Z" : null, job.ResultsFolder);
        }
    }

    [Theory]
    [InlineData("\"JOB_STATE_QUEUED\"", GeminiBatchState.Queued, false)]
    [InlineData("\"JOB_STATE_UPDATING\"", GeminiBatchState.Updating, false)]
    [InlineData("\"JOB_STATE_CANCELLING\"", GeminiBatchState.Cancelling, false)]
    [InlineData("\"JOB_STATE_PAUSED\"", GeminiBatchState.Paused, true)]
    [InlineData("\"JOB_STATE_UNSPECIFIED\"", GeminiBatchState.Unknown, false)]
    [InlineData("\"JOB_STATE_TOMORROW\"", GeminiBatchState.Unknown, false)]
    [InlineData("1", GeminiBatchState.Queued, false)]
    [InlineData("5", GeminiBatchState.Failed, true)]
    [InlineData("8", GeminiBatchState.Paused, true)]
    [InlineData("9", GeminiBatchState.Expired, true)]
    [InlineData("11", GeminiBatchState.PartiallySucceeded, false)]
    [InlineData("99", GeminiBatchState.Unknown, false)]
    public async Task States_are_read_by_name_and_number_and_unknown_ones_are_waited_on(string state, GeminiBatchState expected, bool isTerminal)
    {
        await using StubServer server = await StubServer.StartAsync((200, "{\"name\":\"" + Full + "\",\"state\":" + state + ",\"madeUpField\":{\"x\":[1]}}"));

        GeminiBatchJob job = await server.VertexClient().Jobs.GetAsync("456", TestContext.Current.CancellationToken);

        Assert.Equal((expected, isTerminal), (job.State, job.IsTerminal));
    }

    [Fact]
    public async Task Counters_are_texts_minus_one_is_not_known_and_partial_failures_are_kept()
    {
        await using StubServer server = await StubServer.StartAsync(
            (200, $$$"""{"name":"{{{Full}}}","state":"JOB_STATE_SUCCEEDED","completionStats":{"successfulCount":"7","failedCount":2,"incompleteCount":"-1"},"partialFailures":[{"code":3,"message":"row 4"}],"createTime":"2026-11-22T01:00:00.123456789Z"}"""));

        GeminiBatchJob job = await server.VertexClient().Jobs.GetAsync("456", TestContext.Current.CancellationToken);

        Assert.Equal((7L, 2L, null, null), (job.SucceededCount, job.FailedCount, job.PendingCount, job.RequestCount));
        Assert.Equal(new GeminiStatus(3, "row 4"), job.PartialFailures.Single());
        Assert.Equal(1234567, job.CreateTime!.Value.Ticks % 10_000_000);
    }

    [Fact]
    public async Task A_creation_from_a_bucket_is_the_sample_s_on_the_wire()
    {
        await using StubServer server = await StubServer.StartAsync((200, SharedData.Sample("vertex_job_pending.json")));

        await server.VertexClient().Jobs.CreateAsync(
            new VertexJobCreation
            {
                Model = "gemini-3.5-flash-lite",
                DisplayName = "invoices-0001",
                Input = VertexInput.FromStorage(CloudObjectName.Parse("gs://demo-bucket/in/invoices-0001.jsonl")),
                Output = VertexOutput.ToStorage(CloudObjectName.Parse("gs://demo-bucket/out/invoices-0001")),
                Labels = new Dictionary<string, string> { ["team"] = "billing" },
            },
            TestContext.Current.CancellationToken);

        Assert.Equal("POST /v1/projects/demo-proj/locations/global/batchPredictionJobs", server.Requests.Single().ToString());
        AssertJson(SharedData.Sample("vertex_create_request_gcs.json"), server.Requests.Single().Text);
    }

    [Fact]
    public async Task A_creation_from_a_table_is_the_sample_s_and_its_job_tells_the_table()
    {
        await using StubServer server = await StubServer.StartAsync(
            (200, $$$"""{"name":"{{{Full}}}","state":"JOB_STATE_SUCCEEDED","inputConfig":{"bigquerySource":{"inputUri":"bq://demo-proj.ds.in_rows"}},"outputInfo":{"bigqueryOutputDataset":"bq://demo-proj.ds","bigqueryOutputTable":"out_rows"}}"""));

        GeminiBatchJob job = await server.VertexClient().Jobs.CreateAsync(
            new VertexJobCreation
            {
                Model = "publishers/google/models/gemini-3.5-flash-lite",
                DisplayName = "invoices-bq",
                Input = VertexInput.FromBigQuery("bq://demo-proj.ds.in_rows"),
                Output = VertexOutput.ToBigQuery("bq://demo-proj.ds.out_rows"),
            },
            TestContext.Current.CancellationToken);

        AssertJson(SharedData.Sample("vertex_create_request_bq.json"), server.Requests.Single().Text);
        Assert.Equal(("bq://demo-proj.ds.out_rows", "bq://demo-proj.ds.in_rows", true, false), (job.ResultsTable, job.InputFile, job.IsTerminal, job.HasResults));
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => new VertexBackend(server.VertexClient()).ReadResultLinesAsync(job, TestContext.Current.CancellationToken));
        Assert.Contains("bq://demo-proj.ds.out_rows", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gemini-3.5-flash-lite", "publishers/google/models/gemini-3.5-flash-lite")]
    [InlineData("models/gemini-x", "publishers/google/models/gemini-x")]
    [InlineData("publishers/google/models/gemini-x", "publishers/google/models/gemini-x")]
    [InlineData("anthropic/claude-x", "publishers/anthropic/models/claude-x")]
    [InlineData("projects/p/locations/l/models/7", "projects/p/locations/l/models/7")]
    [InlineData("a/b/c", null)]
    [InlineData("x?y", null)]
    [InlineData("..", null)]
    public void Models_take_the_form_of_Vertex_AI(string model, string? expected)
    {
        if (expected is null)
        {
            Assert.Throws<ArgumentException>(() => ResourceName.VertexModel(model));
        }
        else
        {
            Assert.Equal(expected, ResourceName.VertexModel(model));
        }
    }

    [Theory]
    [InlineData("batches/x")]
    [InlineData("projects/p/locations/l/batchPredictionJobs/")]
    [InlineData("projects/p/locations/../batchPredictionJobs/1")]
    [InlineData("12a")]
    public async Task A_name_that_is_no_job_of_Vertex_AI_is_not_sent(string name)
    {
        await using StubServer server = await StubServer.StartAsync((200, "{}"));

        await Assert.ThrowsAsync<ArgumentException>(() => server.VertexClient().Jobs.GetAsync(name, TestContext.Current.CancellationToken));

        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(408)]
    public async Task A_creation_without_a_certain_end_is_sent_once_and_says_so(int status)
    {
        await using StubServer server = await StubServer.StartAsync((status, "{}"));
        var backend = new VertexBackend(server.VertexClient());

        await Assert.ThrowsAsync<JobCreationUncertainException>(async () =>
            await backend.CreateJobAsync(new JobCreation("gemini-3.5-flash-lite", "gb-1", "gs://demo-bucket/gemini-batch/input/gb-1.jsonl"), TestContext.Current.CancellationToken));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Jobs_are_listed_over_all_pages_cancelled_and_deleted()
    {
        await using StubServer server = await StubServer.StartAsync(
            (200, """{"nextPageToken":"p2"}"""),
            (200, SharedData.Sample("vertex_list_response.json").Replace("\"AKt...\"", "\"\"", StringComparison.Ordinal)),
            (200, "{}"),
            (200, SharedData.Sample("vertex_delete_operation.json")));
        VertexJobs jobs = server.VertexClient().Jobs;

        List<GeminiBatchJob> listed = await jobs.ListAsync("state=\"JOB_STATE_RUNNING\"", TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        await jobs.CancelAsync(listed.Single().Name, TestContext.Current.CancellationToken);
        await jobs.DeleteAsync(listed.Single().Name, TestContext.Current.CancellationToken);

        const string Name = "projects/123456789012/locations/global/batchPredictionJobs/5820011223344556677";
        Assert.Equal(
            [
                "GET /v1/projects/demo-proj/locations/global/batchPredictionJobs?pageSize=100&filter=state%3D%22JOB_STATE_RUNNING%22",
                "GET /v1/projects/demo-proj/locations/global/batchPredictionJobs?pageSize=100&filter=state%3D%22JOB_STATE_RUNNING%22&pageToken=p2",
                $"POST /v1/{Name}:cancel",
                $"DELETE /v1/{Name}",
            ],
            server.Requests.Select(request => request.ToString()));
    }

    private static void AssertJson(string expected, string actual) => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), actual);
}
