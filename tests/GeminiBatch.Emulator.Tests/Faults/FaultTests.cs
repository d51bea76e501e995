using System.Net;
using System.Text.Json.Nodes;
using GeminiBatch.Testing;

namespace GeminiBatch.Emulator.Tests;

public sealed class FaultTests
{
    [Fact]
    public async Task A_fault_strikes_the_named_call_at_its_attempt_and_no_other()
    {
        await using var fixture = await StartAsync(new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.Refuse, NamePattern = "shard-2*", Attempt = 2, Status = 429, RetryDelay = TimeSpan.FromSeconds(34.4) });
        var file = (string)(await fixture.Http.UploadAsync(EmulatorCalls.Row("a", "one")))["name"]!;
        var statuses = new List<HttpStatusCode>();
        foreach (var name in new[] { "shard-1", "shard-1", "shard-2", "shard-2", "shard-2" })
        {
            using var response = await fixture.Http.PostBatchAsync(file, name);
            statuses.Add(response.StatusCode);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                var error = (await response.JsonAsync())["error"]!;
                Assert.Equal("RESOURCE_EXHAUSTED", (string?)error["status"]);
                Assert.Equal("34.4s", (string?)error["details"]!.AsArray().Single(detail => ((string)detail!["@type"]!).EndsWith("RetryInfo", StringComparison.Ordinal))!["retryDelay"]);
            }
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK], statuses);
    }

    [Theory]
    [InlineData(EmulatedFaultKind.LoseReply, 1)]
    [InlineData(EmulatedFaultKind.LoseRequest, 0)]
    public async Task A_lost_reply_has_its_effect_and_a_lost_request_has_none(EmulatedFaultKind kind, int jobs)
    {
        await using var fixture = await StartAsync(new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = kind });
        var file = (string)(await fixture.Http.UploadAsync(EmulatorCalls.Row("a", "one")))["name"]!;
        await Assert.ThrowsAsync<HttpRequestException>(() => fixture.Http.PostBatchAsync(file));
        Assert.Equal(jobs, fixture.Emulator.Jobs.Count);
        Assert.Equal(0, fixture.Emulator.Calls[^1].Status);
    }

    [Fact]
    public async Task An_error_after_the_effect_leaves_a_job_behind()
    {
        await using var fixture = await StartAsync(new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.RefuseAfterEffect, Body = "<html>502</html>", Status = 502 });
        var file = (string)(await fixture.Http.UploadAsync(EmulatorCalls.Row("a", "one")))["name"]!;
        using var response = await fixture.Http.PostBatchAsync(file);
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Single(fixture.Emulator.Jobs);
    }

    [Fact]
    public async Task Output_is_withheld_for_as_many_polls_of_the_succeeded_job_as_planned()
    {
        await using var fixture = await StartAsync(new EmulatedFault { Operation = EmulatedOperation.GetBatch, Kind = EmulatedFaultKind.WithholdOutput, Times = 2 });
        var path = "v1beta/" + (string)(await fixture.Http.CreateAsync(EmulatorCalls.Row("a", "one")))["name"]!;
        await fixture.Http.GetJsonAsync(path);
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var shown in new[] { false, false, true })
        {
            var job = await fixture.Http.GetJsonAsync(path);
            Assert.Equal("BATCH_STATE_SUCCEEDED", (string?)job["metadata"]!["state"]);
            Assert.Equal(shown, job["metadata"]!["output"] is not null);
            Assert.Equal(shown, job["done"] is not null);
        }
    }

    [Fact]
    public async Task Rows_are_dropped_doubled_and_failed_as_planned()
    {
        await using var fixture = await StartAsync(
            new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.DropRows, Rows = 2 },
            new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.DuplicateRows, Rows = 3 },
            new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.FailRows, Rows = 1, Status = 9 });
        var rows = string.Join('\n', Enumerable.Range(0, 10).Select(number => EmulatorCalls.Row("k" + number, "text")));
        var lines = (await fixture.RunForBytesAsync(rows)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(11, lines.Count);
        Assert.Equal(8, lines.Select(line => (string?)line["key"]).Distinct().Count());
        Assert.Equal(9, (int)Assert.Single(lines, line => line["error"] is not null)["error"]!["code"]!);
    }

    [Fact]
    public async Task A_job_fails_or_expires_as_planned()
    {
        await using var fixture = await StartAsync(
            new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.FailJob, NamePattern = "fails" },
            new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.ExpireJob, NamePattern = "expires" });
        var fails = (string)(await fixture.Http.CreateAsync(EmulatorCalls.Row("a", "one"), "fails"))["name"]!;
        var expires = (string)(await fixture.Http.CreateAsync(EmulatorCalls.Row("a", "one"), "expires"))["name"]!;
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        var failed = await fixture.Http.GetJsonAsync("v1beta/" + fails);
        Assert.Equal("BATCH_STATE_FAILED", (string?)failed["metadata"]!["state"]);
        Assert.Equal(13, (int)failed["error"]!["code"]!);
        Assert.Equal("BATCH_STATE_PENDING", (string?)(await fixture.Http.GetJsonAsync("v1beta/" + expires))["metadata"]!["state"]);
        fixture.Clock.Advance(TimeSpan.FromHours(48));
        Assert.Equal("BATCH_STATE_EXPIRED", (string?)(await fixture.Http.GetJsonAsync("v1beta/" + expires))["metadata"]!["state"]);
    }

    [Fact]
    public async Task A_stale_list_hides_young_jobs_and_an_empty_page_has_a_token_that_leads_on()
    {
        await using var fixture = await StartAsync(
            new EmulatedFault { Operation = EmulatedOperation.ListBatches, Kind = EmulatedFaultKind.StaleList, Delay = TimeSpan.FromMinutes(5), Attempt = 1 },
            new EmulatedFault { Operation = EmulatedOperation.ListBatches, Kind = EmulatedFaultKind.EmptyPage, Attempt = 2 });
        await fixture.Http.CreateAsync(EmulatorCalls.Row("a", "one"));
        Assert.Equal("{}", (await fixture.Http.GetJsonAsync("v1beta/batches")).ToJsonString());
        var empty = await fixture.Http.GetJsonAsync("v1beta/batches");
        Assert.Null(empty["operations"]);
        var next = await fixture.Http.GetJsonAsync("v1beta/batches?pageToken=" + Uri.EscapeDataString((string)empty["nextPageToken"]!));
        Assert.Single(next["operations"]!.AsArray());
    }

    [Fact]
    public async Task A_broken_download_goes_on_from_where_it_broke()
    {
        await using var fixture = await StartAsync(new EmulatedFault { Operation = EmulatedOperation.DownloadFile, Kind = EmulatedFaultKind.BreakTransfer, NamePattern = "job", KeptBytes = 10 });
        var created = await fixture.Http.CreateAsync(EmulatorCalls.Row("a", "one"));
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        var path = $"v1beta/files/batch-{((string)created["name"]!)["batches/".Length..]}:download?alt=media";
        await Assert.ThrowsAsync<HttpRequestException>(() => fixture.Http.AskAsync(HttpMethod.Get, path));

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Range = new System.Net.Http.Headers.RangeHeaderValue(10, null);
        using var rest = await fixture.Http.AskAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        using var whole = await fixture.Http.AskAsync(HttpMethod.Get, path);
        Assert.Equal((await whole.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))[10..], await rest.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_delay_waits_on_the_emulators_clock()
    {
        await using var fixture = await StartAsync(new EmulatedFault { Operation = EmulatedOperation.ListModels, Kind = EmulatedFaultKind.Delay, Delay = TimeSpan.FromMinutes(10) });
        var call = fixture.Http.GetJsonAsync("v1beta/models");
        while (fixture.Clock.ArmedTimers == 0 && !call.IsCompleted)
        {
            await Task.Yield();
        }

        Assert.False(call.IsCompleted);
        fixture.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.NotEmpty((await call)["models"]!.AsArray());
    }

    private static Task<EmulatorFixture> StartAsync(params EmulatedFault[] faults) => EmulatorFixture.StartAsync(options => options with { Faults = faults });

    [Fact]
    public async Task A_plan_goes_on_after_a_restart_where_it_stood()
    {
        await using var fixture = await StartAsync(new EmulatedFault { Operation = EmulatedOperation.GetBatch, Kind = EmulatedFaultKind.Refuse, Attempt = 2 });
        var path = "v1beta/" + (string)(await fixture.Http.CreateAsync(EmulatorCalls.Row("a", "one")))["name"]!;
        var statuses = new List<HttpStatusCode>();
        for (var poll = 0; poll < 4; poll++)
        {
            using var response = await fixture.Http.AskAsync(HttpMethod.Get, path);
            statuses.Add(response.StatusCode);
            await fixture.RestartAsync();
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK, HttpStatusCode.OK], statuses);
    }
}
