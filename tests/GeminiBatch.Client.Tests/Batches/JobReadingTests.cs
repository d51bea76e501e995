using System.Text.Json;
using GeminiBatch.Client.Tests.Wire;

namespace GeminiBatch.Client.Tests.Batches;

/// <summary>Protocol 1.5: the job resource.</summary>
public sealed class JobReadingTests
{
    [Theory]
    [InlineData("standard_create_response_pending.json", GeminiBatchState.Pending, false, 3, 0, 0, 3)]
    [InlineData("standard_get_running_file.json", GeminiBatchState.Running, false, 3, 1, 0, 2)]
    [InlineData("standard_get_succeeded_file.json", GeminiBatchState.Succeeded, true, 3, 3, 0, 0)]
    [InlineData("standard_get_succeeded_inline.json", GeminiBatchState.Succeeded, true, 3, 2, 1, 0)]
    [InlineData("standard_get_succeeded_output_not_ready.json", GeminiBatchState.Succeeded, false, 3, 0, 0, 3)]
    [InlineData("standard_get_failed.json", GeminiBatchState.Failed, true, 3, 0, 3, 0)]
    [InlineData("standard_get_cancelled.json", GeminiBatchState.Cancelled, true, 3, 0, 0, 3)]
    [InlineData("standard_get_expired.json", GeminiBatchState.Expired, true, 3, 0, 0, 3)]
    public void Each_sample_is_read(string sample, GeminiBatchState state, bool terminal, long rows, long succeeded, long failed, long pending)
    {
        GeminiBatchJob job = Read(SharedData.Sample(sample));

        Assert.Equal("batches/k3x0v9q7d2m5c8r1t6y4u0w2z5b7n9h3j1la", job.Name);
        Assert.Equal(state, job.State);
        Assert.Equal(terminal, job.IsTerminal);
        Assert.Equal([rows, succeeded, failed, pending], [job.RequestCount, job.SucceededCount, job.FailedCount, job.PendingCount]);
        Assert.Equal("models/gemini-3.5-flash-lite", job.Model);
    }

    [Fact]
    public void Results_are_found_in_the_metadata_or_in_the_response()
    {
        string sample = SharedData.Sample("standard_get_succeeded_file.json");
        GeminiBatchJob both = Read(sample);
        GeminiBatchJob responseOnly = Read(sample.Replace("\"output\"", "\"elsewhere\"", StringComparison.Ordinal));

        Assert.Equal("files/batch-k3x0v9q7d2m5c8r1t6y4u0w2z5b7n9h3j1la", both.ResultsFile);
        Assert.Equal(both.ResultsFile, responseOnly.ResultsFile);
        Assert.Equal("files/4t9s1k8c2m7q", both.InputFile);
        Assert.True(responseOnly.IsTerminal);
    }

    [Fact]
    public void The_error_of_a_job_is_read_from_the_top_level()
    {
        Assert.Equal(new GeminiStatus(13, "Internal error while preparing the batch."), Read(SharedData.Sample("standard_get_failed.json")).Error);
        Assert.Equal(1, Read(SharedData.Sample("standard_get_cancelled.json")).Error?.Code);
    }

    [Fact]
    public void Nine_fractional_digits_are_read()
    {
        GeminiBatchJob job = Read(SharedData.Sample("standard_get_succeeded_file.json"));

        Assert.Equal(new DateTimeOffset(2026, 11, 22, 1, 0, 2, TimeSpan.Zero).AddTicks(4_119_033), job.CreateTime);
        Assert.NotNull(job.EndTime);
    }

    [Theory]
    [InlineData("\"BATCH_STATE_RUNNING\"", GeminiBatchState.Running)]
    [InlineData("\"JOB_STATE_RUNNING\"", GeminiBatchState.Running)]
    [InlineData("\"RUNNING\"", GeminiBatchState.Running)]
    [InlineData("\"batch_state_running\"", GeminiBatchState.Running)]
    [InlineData("2", GeminiBatchState.Running)]
    [InlineData("5", GeminiBatchState.Cancelled)]
    [InlineData("6", GeminiBatchState.Expired)]
    [InlineData("99", GeminiBatchState.Unknown)]
    [InlineData("\"JOB_STATE_QUEUED\"", GeminiBatchState.Queued)]
    [InlineData("\"JOB_STATE_CANCELLING\"", GeminiBatchState.Cancelling)]
    [InlineData("\"JOB_STATE_PAUSED\"", GeminiBatchState.Paused)]
    [InlineData("\"JOB_STATE_UPDATING\"", GeminiBatchState.Updating)]
    [InlineData("\"JOB_STATE_PARTIALLY_SUCCEEDED\"", GeminiBatchState.PartiallySucceeded)]
    [InlineData("\"BATCH_STATE_UNSPECIFIED\"", GeminiBatchState.Unknown)]
    [InlineData("\"BATCH_STATE_INVENTED\"", GeminiBatchState.Unknown)]
    public void A_state_is_read_in_every_spelling(string state, GeminiBatchState expected)
    {
        GeminiBatchJob job = Read($$$"""{"name":"batches/x","metadata":{"state":{{{state}}}}}""");

        Assert.Equal(expected, job.State);
        Assert.Equal(state.Trim('"'), job.RawState);
    }

    [Fact]
    public void An_unknown_state_is_waited_on_and_reported()
    {
        GeminiBatchJob job = Read("""{"name":"batches/x","metadata":{"state":"BATCH_STATE_INVENTED"}}""");

        Assert.False(job.IsTerminal);
        Assert.Equal("BATCH_STATE_INVENTED", job.RawState);
    }

    [Theory]
    [InlineData("""{"name":"batches/x","done":true,"error":{"code":13,"message":"m"}}""", GeminiBatchState.Failed)]
    [InlineData("""{"name":"batches/x","done":true,"error":{"code":1,"message":"m"}}""", GeminiBatchState.Cancelled)]
    [InlineData("""{"name":"batches/x","done":true,"response":{"responsesFile":"files/batch-x"}}""", GeminiBatchState.Succeeded)]
    public void A_finished_operation_without_a_state_is_read_by_what_it_carries(string json, GeminiBatchState state)
    {
        GeminiBatchJob job = Read(json);

        Assert.Equal(state, job.State);
        Assert.True(job.IsTerminal);
    }

    [Fact]
    public void Counters_are_read_as_texts_or_numbers_and_not_invented()
    {
        GeminiBatchJob numbers = Read("""{"name":"batches/x","metadata":{"batchStats":{"requestCount":7,"failedRequestCount":"2"}}}""");
        GeminiBatchJob none = Read("""{"name":"batches/x","metadata":{}}""");

        Assert.Equal([7L, 0L, 2L, 0L], [numbers.RequestCount, numbers.SucceededCount, numbers.FailedCount, numbers.PendingCount]);
        Assert.Null(none.RequestCount);
        Assert.Null(none.SucceededCount);
    }

    [Theory]
    [InlineData("ellmer_succeeded.json", GeminiBatchState.Succeeded, true)]
    [InlineData("ruby_llm_1_POST_BATCH_STATE_PENDING.json", GeminiBatchState.Pending, false)]
    [InlineData("ruby_llm_2_GET_BATCH_STATE_RUNNING.json", GeminiBatchState.Running, false)]
    [InlineData("ruby_llm_3_GET_BATCH_STATE_SUCCEEDED.json", GeminiBatchState.Succeeded, true)]
    public void Each_recorded_job_is_read(string file, GeminiBatchState state, bool terminal)
    {
        GeminiBatchJob job = Read(File.ReadAllText(SharedData.Path("real", "batch_jobs", file)));

        Assert.StartsWith("batches/", job.Name, StringComparison.Ordinal);
        Assert.Equal(state, job.State);
        Assert.Equal(terminal, job.IsTerminal);
        Assert.Equal(terminal, job.HasResults);
        Assert.NotNull(job.RequestCount);
    }

    [Fact]
    public async Task A_list_goes_over_all_pages_and_an_empty_one_with_a_token_is_no_end()
    {
        await using StubServer server = await StubServer.StartAsync(
            (200, SharedData.Sample("standard_list_response.json")),
            (200, SharedData.Sample("standard_list_empty_page_with_token.json")),
            (200, SharedData.Sample("standard_list_response.json").Replace("nextPageToken", "other", StringComparison.Ordinal)),
            (200, SharedData.Sample("standard_list_empty_last.json")));

        List<GeminiBatchJob> jobs = await server.Client().Batches.ListAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(4, jobs.Count);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_candidate_of_a_lost_creation_is_matched_by_name_or_input_and_read_afresh()
    {
        const string Page = """
            {"operations":[
              {"name":"batches/by-name","metadata":{"displayName":"gb-1","state":"BATCH_STATE_SUCCEEDED"}},
              {"name":"batches/other","metadata":{"displayName":"gb-2","inputConfig":{"fileName":"files/else"}}},
              {"name":"batches/deleted","metadata":{"displayName":"gb-1"}},
              {"name":"batches/by-file","metadata":{"displayName":"","inputConfig":{"fileName":"files/shard"}}}]}
            """;
        await using StubServer server = await StubServer.StartAsync(
            (200, Page), (200, """{"name":"batches/by-name","metadata":{"state":"BATCH_STATE_PENDING"}}"""), (404, ""), (200, """{"name":"batches/by-file"}"""));

        List<GeminiBatchJob> found = await new DeveloperBackend(server.Client())
            .FindJobsAsync(new JobCreation("m", "gb-1", "files/shard"), TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["batches/by-name", "batches/by-file"], found.Select(job => job.Name));
        Assert.Equal(GeminiBatchState.Pending, found[0].State);
    }

    private static GeminiBatchJob Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        return JobReading.ReadDeveloper(root.TryGetProperty("body", out JsonElement body) ? body : root)!;
    }
}
