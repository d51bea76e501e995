using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using GeminiBatch.Testing;

namespace GeminiBatch.Emulator.Tests;

public sealed class VertexJobTests
{
    [Fact]
    public async Task A_job_is_queued_pending_running_and_then_says_where_its_rows_are()
    {
        await using var fixture = await StartAsync();
        var created = await fixture.Http.CreateVertexJobAsync(Rows(3));
        Assert.Matches(@"\Aprojects/\d{12}/locations/global/batchPredictionJobs/\d{19}\z", (string)created["name"]!);
        var states = new List<string> { (string)created["state"]! };
        foreach (var milliseconds in new[] { 0, 600, 500, 2000 })
        {
            fixture.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
            states.Add((string)(await fixture.Http.GetJsonAsync(StorageCalls.Vertex(created)))["state"]!);
        }

        Assert.Equal(["JOB_STATE_PENDING", "JOB_STATE_QUEUED", "JOB_STATE_PENDING", "JOB_STATE_RUNNING", "JOB_STATE_SUCCEEDED"], states);
        var job = await fixture.Http.GetJsonAsync(StorageCalls.Vertex(created));
        Assert.Matches(@"\Ags://demo-bucket/out/job/prediction-model-2026-11-22T09:00:\d\d\.\d{6}Z\z", (string)job["outputInfo"]!["gcsOutputDirectory"]!);
        Assert.Equal("3", (string?)job["completionStats"]!["successfulCount"]);
        Assert.Equal("publishers/google/models/gemini-3.5-flash-lite", (string?)job["model"]);
        Assert.Equal(["k0", "k1", "k2"], (await fixture.Http.ReadOutputAsync(job)).Select(row => (string)row["key"]!).Order(StringComparer.Ordinal));
        Assert.Equal((string?)created["name"], fixture.Emulator.Jobs.Single().Name);
    }

    [Fact]
    public async Task A_row_has_prose_for_a_status_an_echo_and_the_users_columns()
    {
        await using var fixture = await StartAsync();
        const string rows = """
            {"key":"good","year":2026,"tags":["a","b"],"request":{"contents":[{"role":"user","parts":{"text":"hello"}}]}}
            {"key":"bad","year":2025,"tags":["c"],"request":{"contents":[{"role":"tester","parts":[{"text":"x"}]}]}}
            {"key":"worse","year":2025,"request":{"contents":[{"parts":[{"text":"x"}]}],"thinking_config":{"thinkingBudget":1}}}
            """;
        var job = await RunAsync(fixture, rows);
        var output = (await fixture.Http.ReadOutputAsync(job)).ToDictionary(row => (string)row["key"]!);
        var good = output["good"];
        Assert.Equal("", (string?)good["status"]);
        Assert.Equal(2026, (int)good["year"]!);
        Assert.Empty(good["tags"]!.AsArray());
        Assert.Equal("hello", (string?)good["request"]!["contents"]![0]!["parts"]![0]!["text"]);
        Assert.Equal("ON_DEMAND", (string?)good["response"]!["usageMetadata"]!["trafficType"]);
        Assert.NotNull(good["processed_time"]);
        Assert.Equal("""Bad Request: {"error": {"code": 400, "message": "Please use a valid role: user, model.", "status": "INVALID_ARGUMENT"}}""", (string?)output["bad"]["status"]);
        Assert.StartsWith("Bad Request: {", (string)output["worse"]["status"]!, StringComparison.Ordinal);
        Assert.True(output["bad"]["response"] is null or JsonObject { Count: 0 });
        Assert.Equal(("1", "2"), ((string?)job["completionStats"]!["successfulCount"], (string?)job["completionStats"]!["failedCount"]));
    }

    [Theory]
    [InlineData("""{"request":{"contents":[{"parts":[{"text":"x"}]}],"tools":[{"googleSearch":{}}]}}""", "Cannot store struct 'request.tools.googleSearch' with no fields")]
    [InlineData("""{"metadata":{"request_id":"1"},"request":{"contents":[{"parts":[{"text":"x"}]}]}}""", "\"metadata\"")]
    [InlineData("""{"bad-name":"1","request":{"contents":[{"parts":[{"text":"x"}]}]}}""", "Invalid field name \"bad-name\"")]
    [InlineData("{\"n\":1,\"request\":{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]}}\n{\"n\":\"1\",\"request\":{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]}}", "Field n has changed type from INTEGER to STRING")]
    [InlineData("not json", "JSON parsing error")]
    public async Task What_the_importer_cannot_store_fails_the_whole_job(string rows, string message)
    {
        await using var fixture = await StartAsync();
        var job = await RunAsync(fixture, rows);
        Assert.Equal("JOB_STATE_FAILED", (string?)job["state"]);
        Assert.Contains(message, (string)job["error"]!["message"]!, StringComparison.Ordinal);
        Assert.Null(job["outputInfo"]);
        Assert.Equal("-1", (string?)job["completionStats"]!["incompleteCount"]);
    }

    [Fact]
    public async Task Output_may_be_partial_in_several_files_and_beside_other_jobs()
    {
        await using var fixture = await StartAsync(
            new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.PartialSuccess, Rows = 2 },
            new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.SplitOutput, Rows = 3 },
            new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.Neighbours, Rows = 2 });
        var job = await RunAsync(fixture, Rows(10));
        Assert.Equal("JOB_STATE_PARTIALLY_SUCCEEDED", (string?)job["state"]);
        Assert.Equal(("8", "2"), ((string?)job["completionStats"]!["successfulCount"], (string?)job["completionStats"]!["incompleteCount"]));
        var rows = await fixture.Http.ReadOutputAsync(job);
        Assert.Equal(8, rows.Select(row => (string)row["key"]!).Distinct().Count());
        Assert.DoesNotContain(rows, row => row.ToJsonString().Contains("fromAnotherJob", StringComparison.Ordinal));
        Assert.Equal(6, (await fixture.Http.ListAsync("prefix=out/job/")).Length);
    }

    [Fact]
    public async Task A_cancelled_job_takes_a_moment_and_keeps_the_rows_that_were_finished()
    {
        await using var fixture = await StartAsync();
        var created = await fixture.Http.CreateVertexJobAsync(Rows(10));
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        using var cancelled = await fixture.Http.PostAsync(new Uri(StorageCalls.Vertex(created) + ":cancel", UriKind.Relative), null, TestContext.Current.CancellationToken);
        Assert.Equal("{}", (await cancelled.JsonAsync()).ToJsonString());
        Assert.Equal("JOB_STATE_CANCELLING", (string?)(await fixture.Http.GetJsonAsync(StorageCalls.Vertex(created)))["state"]);
        using var refused = await fixture.Http.AskAsync(HttpMethod.Delete, StorageCalls.Vertex(created));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        var job = await fixture.Http.GetJsonAsync(StorageCalls.Vertex(created));
        Assert.Equal("JOB_STATE_CANCELLED", (string?)job["state"]);
        Assert.Equal(5, (await fixture.Http.ReadOutputAsync(job)).Length);
        using var deleted = await fixture.Http.AskAsync(HttpMethod.Delete, StorageCalls.Vertex(created));
        Assert.True((bool)(await deleted.JsonAsync())["done"]!);
        using var gone = await fixture.Http.AskAsync(HttpMethod.Get, StorageCalls.Vertex(created));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task A_job_that_is_never_run_expires_after_72_hours_without_rows()
    {
        await using var fixture = await StartAsync(new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.ExpireJob });
        var created = await fixture.Http.CreateVertexJobAsync(Rows(1));
        fixture.Clock.Advance(TimeSpan.FromHours(71));
        Assert.Equal("JOB_STATE_PENDING", (string?)(await fixture.Http.GetJsonAsync(StorageCalls.Vertex(created)))["state"]);
        fixture.Clock.Advance(TimeSpan.FromHours(1));
        var job = await fixture.Http.GetJsonAsync(StorageCalls.Vertex(created));
        Assert.Equal("JOB_STATE_EXPIRED", (string?)job["state"]);
        Assert.Null(job["outputInfo"]);
    }

    [Theory]
    [InlineData("gemini-3.5-flash-lite", "global")]
    [InlineData("publishers/google/models/gemini-3.5-flash-lite", "us-central1")]
    [InlineData("publishers/google/models/no-such-model", "global")]
    public async Task A_bare_or_unknown_model_or_one_of_another_location_is_404(string model, string location)
    {
        await using var fixture = await StartAsync();
        fixture.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "token");
        using var response = await fixture.Http.PostAsync(
            new Uri($"v1beta1/projects/demo-project/locations/{location}/batchPredictionJobs", UriKind.Relative),
            JsonContent.Create(StorageCalls.JobBody(model: model)),
            TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_list_filters_by_name_and_state_and_knows_the_location()
    {
        await using var fixture = await StartAsync();
        var created = await fixture.Http.CreateVertexJobAsync(Rows(1));
        var path = StorageCalls.Collection + "?filter=";
        Assert.Single((await fixture.Http.GetJsonAsync(path + Uri.EscapeDataString("displayName=\"job\"")))["batchPredictionJobs"]!.AsArray());
        Assert.Equal("{}", (await fixture.Http.GetJsonAsync(path + Uri.EscapeDataString("state=\"JOB_STATE_RUNNING\""))).ToJsonString());
        Assert.Equal("{}", (await fixture.Http.GetJsonAsync(StorageCalls.Collection.Replace("global", "us-central1", StringComparison.Ordinal))).ToJsonString());
        var byNumber = StorageCalls.Vertex(created).Replace("/v1/", "/v1beta1/", StringComparison.Ordinal);
        Assert.Equal((string?)created["name"], (string?)(await fixture.Http.GetJsonAsync(byNumber))["name"]);
    }

    [Fact]
    public async Task A_job_over_a_table_reports_its_table()
    {
        await using var fixture = await StartAsync();
        var body = StorageCalls.JobBody();
        body["inputConfig"] = new JsonObject { ["instancesFormat"] = "bigquery", ["bigquerySource"] = new JsonObject { ["inputUri"] = "bq://demo.ds.rows" } };
        body["outputConfig"] = new JsonObject { ["predictionsFormat"] = "bigquery", ["bigqueryDestination"] = new JsonObject { ["outputUri"] = "bq://demo.ds.out" } };
        var job = await RunAsync(fixture, Rows(1), body);
        Assert.Equal("JOB_STATE_SUCCEEDED", (string?)job["state"]);
        Assert.Equal(("bq://demo.ds", "out"), ((string?)job["outputInfo"]!["bigqueryOutputDataset"], (string?)job["outputInfo"]!["bigqueryOutputTable"]));
    }

    [Fact]
    public async Task Embeddings_come_in_the_form_of_their_model()
    {
        await using var fixture = await StartAsync();
        const string rows = """{"key":"a","request":{"content":{"parts":[{"text":"red bicycle"}]},"embed_content_config":{"output_dimensionality":256}}}""";
        var job = await RunAsync(fixture, rows, StorageCalls.JobBody(model: "publishers/google/models/gemini-embedding-2"));
        var row = Assert.Single(await fixture.Http.ReadOutputAsync(job));
        Assert.Equal(256, row["response"]!["embedding"]!["values"]!.AsArray().Count);
        using var stored = await fixture.Http.PutObjectAsync("in/legacy.jsonl", """{"content":"red bicycle"}""");
        using var created = await fixture.Http.PostAsync(
            new Uri(StorageCalls.Collection, UriKind.Relative),
            JsonContent.Create(StorageCalls.JobBody("gs://demo-bucket/in/legacy.jsonl", "legacy", "publishers/google/models/text-embedding-005")),
            TestContext.Current.CancellationToken);
        await created.RequireSuccessAsync();
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        var legacy = Assert.Single(await fixture.Http.ReadOutputAsync(await fixture.Http.GetJsonAsync(StorageCalls.Vertex(await created.JsonAsync()))));
        Assert.Equal("red bicycle", (string?)legacy["instance"]!["content"]);
        Assert.NotEmpty(legacy["predictions"]![0]!["embeddings"]!["values"]!.AsArray());
    }

    [Fact]
    public async Task Without_a_token_or_with_an_expired_one_the_answer_is_401_and_a_denied_project_is_403()
    {
        await using var fixture = await StartAsync();
        using var none = await fixture.Http.AskAsync(HttpMethod.Get, StorageCalls.Collection);
        Assert.Equal(HttpStatusCode.Unauthorized, none.StatusCode);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "refresh_token", ["refresh_token"] = "1//any", ["client_id"] = "c", ["client_secret"] = "s" });
        using var granted = await fixture.Http.PostAsync(new Uri("token", UriKind.Relative), form, TestContext.Current.CancellationToken);
        var token = await granted.JsonAsync();
        Assert.Equal((3599, "Bearer"), ((int)token["expires_in"]!, (string?)token["token_type"]));
        fixture.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token["access_token"]!);
        using var fresh = await fixture.Http.AskAsync(HttpMethod.Get, StorageCalls.Collection);
        Assert.Equal(HttpStatusCode.OK, fresh.StatusCode);
        using var denied = await fixture.Http.PostAsync(new Uri("v1/projects/denied-project/locations/global/batchPredictionJobs", UriKind.Relative), JsonContent.Create(StorageCalls.JobBody()), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        fixture.Clock.Advance(TimeSpan.FromHours(1));
        using var late = await fixture.Http.AskAsync(HttpMethod.Get, StorageCalls.Collection);
        Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);
    }

    [Fact]
    public async Task A_restart_between_the_end_and_the_first_look_changes_no_row()
    {
        await using var fixture = await StartAsync();
        var created = await fixture.Http.CreateVertexJobAsync(Rows(20));
        await fixture.RestartAsync();
        fixture.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "token");
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        var job = await fixture.Http.GetJsonAsync(StorageCalls.Vertex(created));
        Assert.Equal(20, (await fixture.Http.ReadOutputAsync(job)).Length);
        await fixture.RestartAsync();
        fixture.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "token");
        Assert.Equal(job.ToJsonString(), (await fixture.Http.GetJsonAsync(StorageCalls.Vertex(created))).ToJsonString());
    }

    private static string Rows(int count) => string.Join('\n', Enumerable.Range(0, count).Select(number => EmulatorCalls.Row("k" + number, "text " + number)));

    private static async Task<JsonNode> RunAsync(EmulatorFixture fixture, string rows, JsonObject? body = null)
    {
        var created = await fixture.Http.CreateVertexJobAsync(rows, body);
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        return await fixture.Http.GetJsonAsync(StorageCalls.Vertex(created));
    }

    private static Task<EmulatorFixture> StartAsync(params EmulatedFault[] faults) => EmulatorFixture.StartAsync(options => options with { Faults = faults });
}
