using System.Net;
using System.Text.Json.Nodes;
using GeminiBatch.Testing;

namespace GeminiBatch.Emulator.Tests;

public sealed class JobEndTests
{
    [Fact]
    public async Task A_cancelled_job_is_done_with_error_code_1_and_has_no_output()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var name = (string)(await fixture.Http.CreateAsync(EmulatorCalls.Row("a", "one")))["name"]!;
        using var cancelled = await fixture.Http.AskAsync(HttpMethod.Post, $"v1beta/{name}:cancel");
        Assert.Equal("{}", (await cancelled.JsonAsync()).ToJsonString());

        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        var job = await fixture.Http.GetJsonAsync("v1beta/" + name);
        Assert.Equal("BATCH_STATE_CANCELLED", (string?)job["metadata"]!["state"]);
        Assert.Equal(1, (int)job["error"]!["code"]!);
        Assert.True((bool)job["done"]!);
        Assert.Null(job["metadata"]!["output"]);
    }

    [Fact]
    public async Task Cancelling_a_finished_job_changes_nothing()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var name = (string)(await fixture.Http.CreateAsync(EmulatorCalls.Row("a", "one")))["name"]!;
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        using var cancelled = await fixture.Http.AskAsync(HttpMethod.Post, $"v1beta/{name}:cancel");
        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        Assert.Equal("BATCH_STATE_SUCCEEDED", (string?)(await fixture.Http.GetJsonAsync("v1beta/" + name))["metadata"]!["state"]);
    }

    [Fact]
    public async Task A_deleted_job_is_gone_but_stays_in_the_job_log()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var name = (string)(await fixture.Http.CreateAsync(EmulatorCalls.Row("a", "one")))["name"]!;
        using var deleted = await fixture.Http.AskAsync(HttpMethod.Delete, "v1beta/" + name);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        using var missing = await fixture.Http.AskAsync(HttpMethod.Get, "v1beta/" + name);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal("{}", (await fixture.Http.GetJsonAsync("v1beta/batches")).ToJsonString());
        Assert.Equal(name, fixture.Emulator.Jobs.Single().Name);
    }

    [Fact]
    public async Task A_job_that_never_runs_expires_after_48_hours()
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options with { PendingTime = TimeSpan.FromHours(60) });
        var name = (string)(await fixture.Http.CreateAsync(EmulatorCalls.Row("a", "one")))["name"]!;
        fixture.Clock.Advance(TimeSpan.FromHours(47));
        Assert.Equal("BATCH_STATE_PENDING", (string?)(await fixture.Http.GetJsonAsync("v1beta/" + name))["metadata"]!["state"]);
        fixture.Clock.Advance(TimeSpan.FromHours(1));
        var job = await fixture.Http.GetJsonAsync("v1beta/" + name);
        Assert.Equal("BATCH_STATE_EXPIRED", (string?)job["metadata"]!["state"]);
        Assert.True((bool)job["done"]!);
        Assert.Null(job["metadata"]!["output"]);
    }

    [Fact]
    public async Task A_result_file_expires_48_hours_after_the_end_and_outlives_its_input()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var file = await fixture.Http.UploadAsync(EmulatorCalls.Row("a", "one"));
        using var response = await fixture.Http.PostBatchAsync((string)file["name"]!);
        var name = (string)(await response.JsonAsync())["name"]!;
        using var dropped = await fixture.Http.AskAsync(HttpMethod.Delete, "v1beta/" + (string)file["name"]!);
        fixture.Clock.Advance(TimeSpan.FromHours(1));

        var result = "v1beta/files/batch-" + name["batches/".Length..];
        var resource = await fixture.Http.GetJsonAsync(result);
        Assert.Equal("GENERATED", (string?)resource["source"]);
        Assert.EndsWith(":download?alt=media", (string?)resource["downloadUri"], StringComparison.Ordinal);
        using var alternative = await fixture.Http.AskAsync(HttpMethod.Get, "download/" + result + ":download?alt=media");
        Assert.Equal((string?)resource["sizeBytes"], alternative.Content.Headers.ContentLength!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));

        fixture.Clock.Advance(TimeSpan.FromHours(48));
        using var expired = await fixture.Http.AskAsync(HttpMethod.Get, result + ":download?alt=media");
        Assert.Equal(HttpStatusCode.Forbidden, expired.StatusCode);
    }

    [Fact]
    public async Task A_list_shows_stale_counters_and_no_output()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        await fixture.Http.CreateAsync(EmulatorCalls.Row("a", "one"), "first");
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        await fixture.Http.CreateAsync(EmulatorCalls.Row("b", "two"), "second");

        var listed = (await fixture.Http.GetJsonAsync("v1beta/batches"))["operations"]!.AsArray();
        Assert.Equal(["second", "first"], listed.Select(operation => (string?)operation!["metadata"]!["displayName"]));
        var done = listed[1]!;
        Assert.True((bool)done["done"]!);
        Assert.Equal("1", (string?)done["metadata"]!["batchStats"]!["pendingRequestCount"]);
        Assert.Null(done["metadata"]!["output"]);
        Assert.Null(done["response"]);
    }

    [Fact]
    public async Task An_inline_job_gives_its_responses_with_their_metadata_and_does_not_echo_its_requests()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var body = JsonNode.Parse("""{"batch":{"displayName":"inline","priority":"7","inputConfig":{"requests":{"requests":[{"request":{"contents":[{"parts":[{"text":"x"}]}]},"metadata":{"custom_id":"0"}}]}}}}""")!;
        using var response = await fixture.Http.PostJsonAsync("v1beta/models/gemini-2.5-flash-lite:batchGenerateContent", body);
        var name = (string)(await response.JsonAsync())["name"]!;
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        var job = await fixture.Http.GetJsonAsync("v1beta/" + name);
        Assert.Null(job["metadata"]!["inputConfig"]);
        Assert.Equal("7", (string?)job["metadata"]!["priority"]);
        var inline = job["metadata"]!["output"]!["inlinedResponses"]!["inlinedResponses"]!.AsArray();
        Assert.Equal("0", (string?)inline.Single()!["metadata"]!["custom_id"]);
        Assert.NotNull(inline[0]!["response"]);
        Assert.True(JsonNode.DeepEquals(inline, job["response"]!["inlinedResponses"]!["inlinedResponses"]));
    }

    [Fact]
    public async Task An_embedding_job_gives_the_same_vector_for_the_same_text()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var file = await fixture.Http.UploadAsync(
            """{"key":"a","request":{"content":{"parts":[{"text":"red bicycle"}]},"task_type":"SEMANTIC_SIMILARITY","output_dimensionality":128}}""" + "\n"
            + """{"key":"b","request":{"content":{"parts":[{"text":"red bicycle"}]},"outputDimensionality":128}}""" + "\n");
        var body = new JsonObject { ["batch"] = new JsonObject { ["displayName"] = "emb", ["inputConfig"] = new JsonObject { ["file_name"] = (string)file["name"]! } } };
        using var response = await fixture.Http.PostJsonAsync("v1beta/models/gemini-embedding-001:asyncBatchEmbedContent", body);
        await response.RequireSuccessAsync();
        var created = await response.JsonAsync();
        Assert.EndsWith("EmbedContentBatch", (string?)created["metadata"]!["@type"], StringComparison.Ordinal);
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        var job = await fixture.Http.GetJsonAsync("v1beta/" + (string)created["name"]!);
        var rows = (await fixture.Http.DownloadAsync((string)job["response"]!["responsesFile"]!)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(128, rows[0]["response"]!["embedding"]!["values"]!.AsArray().Count);
        Assert.True(JsonNode.DeepEquals(rows[0]["response"]!["embedding"], rows[1]["response"]!["embedding"]));
        Assert.Equal("3", (string?)rows[0]["response"]!["tokenCount"]);
    }

    [Theory]
    [InlineData(127, 400)]
    [InlineData(128, 200)]
    [InlineData(3072, 200)]
    [InlineData(3073, 400)]
    public async Task A_vector_has_a_length_that_its_model_gives(int dimensions, int status)
    {
        await using var fixture = await EmulatorFixture.StartAsync();

        using var response = await fixture.Http.PostJsonAsync("v1beta/models/gemini-embedding-001:embedContent", JsonNode.Parse($$$"""{"content":{"parts":[{"text":"x"}]},"outputDimensionality":{{{dimensions}}}}""")!);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_result_that_found_no_room_is_written_when_there_is_room_again()
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options with { MaxStateBytes = 12_000, Answerer = (_, _) => new string('x', 400) });
        await fixture.Http.UploadAsync(new string('f', 8_000), "files/filler", mimeType: "text/plain");
        var rows = string.Join('\n', Enumerable.Range(0, 5).Select(number => EmulatorCalls.Row("k" + number, "text")));
        var path = "v1beta/" + (string)(await fixture.Http.CreateAsync(rows))["name"]!;
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        for (var poll = 0; poll < 3; poll++)
        {
            using var full = await fixture.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(System.Net.HttpStatusCode.TooManyRequests, full.StatusCode);
        }

        using var deleted = await fixture.Http.AskAsync(HttpMethod.Delete, "v1beta/files/filler");
        var job = await fixture.Http.GetJsonAsync(path);
        Assert.Equal(5, (await fixture.Http.DownloadAsync((string)job["response"]!["responsesFile"]!)).Count(letter => letter == '\n'));
    }
}
