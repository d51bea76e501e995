using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBatch.Testing;

namespace GeminiBatch.Emulator.Tests;

public sealed class UploadTests
{
    [Fact]
    public async Task A_finished_upload_has_the_recorded_shape_and_a_hash_that_is_base64_of_hex_text()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var file = await fixture.Http.UploadAsync("hello", name: "files/my-input-1");

        Assert.Equal("files/my-input-1", (string?)file["name"]);
        Assert.Equal("5", (string?)file["sizeBytes"]);
        Assert.Equal("ACTIVE", (string?)file["state"]);
        Assert.Equal("UPLOADED", (string?)file["source"]);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("hello"u8)), Encoding.ASCII.GetString(Convert.FromBase64String((string)file["sha256Hash"]!)));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$", (string)file["expirationTime"]!);
        Assert.Equal($"{fixture.Emulator.Endpoint}v1beta/files/my-input-1", (string?)file["uri"]);
    }

    [Fact]
    public async Task An_upload_into_a_store_whose_reply_was_lost_is_found_by_its_id()
    {
        await using var fixture = await EmulatorFixture.StartAsync(static options => options with { Faults = [new EmulatedFault { Operation = EmulatedOperation.UploadChunk, Kind = EmulatedFaultKind.LoseReply }] });
        using var made = await fixture.Http.PostJsonAsync("v1beta/fileSearchStores", new JsonObject { ["displayName"] = "invoices" });
        var store = (string)(await made.JsonAsync())["name"]!;
        using var start = EmulatorCalls.StartUpload(5, name: null, mimeType: "text/plain");
        start.RequestUri = new Uri($"upload/v1beta/{store}:uploadToFileSearchStore", UriKind.Relative);
        start.Content = JsonContent.Create(new JsonObject { ["displayName"] = "a.txt" });
        using var begun = await fixture.Http.AskAsync(start);
        var session = new Uri(begun.Headers.GetValues("X-Goog-Upload-URL").Single());
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => fixture.Http.AskAsync(EmulatorCalls.Chunk(session, "hello"u8.ToArray(), 0)));

        await fixture.RestartAsync();
        session = new Uri(fixture.Emulator.Endpoint, session.PathAndQuery);
        using var asked = await fixture.Http.AskAsync(EmulatorCalls.Chunk(session, [], 0, "query"));
        using var sentAgain = await fixture.Http.AskAsync(EmulatorCalls.Chunk(session, "hello"u8.ToArray(), 0));

        Assert.Equal("final", asked.Headers.GetValues("X-Goog-Upload-Status").Single());
        var operation = (string)(await asked.JsonAsync())["name"]!;
        Assert.StartsWith(store + "/upload/operations/", operation, StringComparison.Ordinal);
        Assert.Equal(operation, (string?)(await sentAgain.JsonAsync())["name"]);
        Assert.Single((await fixture.Http.GetJsonAsync($"v1beta/{store}/documents"))["documents"]!.AsArray());
    }

    [Fact]
    public async Task Resources_without_bytes_fill_the_state_folder_too_and_can_be_deleted_when_it_is_full()
    {
        await using var fixture = await EmulatorFixture.StartAsync(static options => options with { MaxStateBytes = 20_000 });
        var made = new List<string>();
        var status = HttpStatusCode.OK;
        while (status == HttpStatusCode.OK && made.Count < 500)
        {
            using var created = await fixture.Http.PostJsonAsync("v1beta/fileSearchStores", new JsonObject { ["displayName"] = "s" });
            status = created.StatusCode;
            if (status == HttpStatusCode.OK)
            {
                made.Add((string)(await created.JsonAsync())["name"]!);
            }
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        using var deleted = await fixture.Http.AskAsync(HttpMethod.Delete, "v1beta/" + made[0]);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        using var again = await fixture.Http.PostJsonAsync("v1beta/fileSearchStores", new JsonObject { ["displayName"] = "s" });
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task Every_chunk_reply_carries_an_upload_status_and_a_query_says_how_far_it_came()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var session = await fixture.Http.StartUploadAsync(10);
        using var first = await fixture.Http.AskAsync(EmulatorCalls.Chunk(session, new byte[6], 0, "upload"));
        Assert.Equal("active", first.Headers.GetValues("X-Goog-Upload-Status").Single());

        using var wrong = await fixture.Http.AskAsync(EmulatorCalls.Chunk(session, new byte[6], 0, "upload"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal("active", wrong.Headers.GetValues("X-Goog-Upload-Status").Single());

        using var tooMuch = await fixture.Http.AskAsync(EmulatorCalls.Chunk(session, new byte[5], 6));
        Assert.Equal(HttpStatusCode.BadRequest, tooMuch.StatusCode);
        Assert.Equal("active", tooMuch.Headers.GetValues("X-Goog-Upload-Status").Single());

        using var query = await fixture.Http.AskAsync(EmulatorCalls.Chunk(session, [], 0, "query"));
        Assert.Equal("6", query.Headers.GetValues("X-Goog-Upload-Size-Received").Single());

        using var last = await fixture.Http.AskAsync(EmulatorCalls.Chunk(session, new byte[4], 6));
        Assert.Equal("final", last.Headers.GetValues("X-Goog-Upload-Status").Single());
    }

    [Fact]
    public async Task A_broken_chunk_keeps_its_bytes_across_a_restart_and_the_upload_is_resumed()
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.UploadChunk, Kind = EmulatedFaultKind.BreakTransfer, KeptBytes = 3 }],
        });
        var content = "0123456789"u8.ToArray();
        var session = await fixture.Http.StartUploadAsync(content.Length);
        using var broken = await fixture.Http.AskAsync(EmulatorCalls.Chunk(session, content, 0));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, broken.StatusCode);
        Assert.False(broken.Headers.Contains("X-Goog-Upload-Status"));

        await fixture.RestartAsync();
        session = new Uri(fixture.Emulator.Endpoint, session.PathAndQuery);
        using var query = await fixture.Http.AskAsync(EmulatorCalls.Chunk(session, [], 0, "query"));
        Assert.Equal("3", query.Headers.GetValues("X-Goog-Upload-Size-Received").Single());

        // The second process strikes its own first attempt, keeping three more bytes.
        using var again = await fixture.Http.AskAsync(EmulatorCalls.Chunk(session, content[3..], 3));
        using var last = await fixture.Http.AskAsync(EmulatorCalls.Chunk(session, content[6..], 6));
        var file = (await last.JsonAsync())["file"]!;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), Encoding.ASCII.GetString(Convert.FromBase64String((string)file["sha256Hash"]!)));
    }

    [Fact]
    public async Task A_lost_final_reply_is_answered_again_even_after_a_restart()
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.UploadChunk, Kind = EmulatedFaultKind.LoseReply }],
        });
        var session = await fixture.Http.StartUploadAsync(5, "files/once");
        await Assert.ThrowsAsync<HttpRequestException>(() => fixture.Http.AskAsync(EmulatorCalls.Chunk(session, "hello"u8.ToArray(), 0)));

        await fixture.RestartAsync();
        using var query = await fixture.Http.AskAsync(EmulatorCalls.Chunk(new Uri(fixture.Emulator.Endpoint, session.PathAndQuery), [], 0, "query"));
        Assert.Equal("final", query.Headers.GetValues("X-Goog-Upload-Status").Single());
        Assert.Equal("5", (string?)(await fixture.Http.GetJsonAsync("v1beta/files/once"))["sizeBytes"]);
    }

    [Theory]
    [InlineData("files/-dash")]
    [InlineData("files/Upper")]
    [InlineData("files/../lock")]
    [InlineData("files/a123456789012345678901234567890123456789b")]
    public async Task A_name_outside_the_rule_is_refused(string name)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var response = await fixture.Http.AskAsync(EmulatorCalls.StartUpload(1, name));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_taken_name_is_refused_until_its_file_is_deleted()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        await fixture.Http.UploadAsync("one", "files/taken");
        using var clash = await fixture.Http.AskAsync(EmulatorCalls.StartUpload(1, "files/taken"));
        Assert.Equal(HttpStatusCode.Conflict, clash.StatusCode);
        Assert.Equal("ALREADY_EXISTS", (string?)(await clash.JsonAsync())["error"]!["status"]);

        using var deleted = await fixture.Http.AskAsync(HttpMethod.Delete, "v1beta/files/taken");
        Assert.Equal("{}", (await deleted.JsonAsync()).ToJsonString());
        await fixture.Http.UploadAsync("two", "files/taken");
    }

    [Fact]
    public async Task A_file_expires_after_48_hours_and_is_then_forbidden_as_missing_ones_are()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        await fixture.Http.UploadAsync("hello", "files/old");
        fixture.Clock.Advance(TimeSpan.FromHours(48) - TimeSpan.FromTicks(1));
        await fixture.Http.GetJsonAsync("v1beta/files/old");
        fixture.Clock.Advance(TimeSpan.FromTicks(1));

        foreach (var id in new[] { "old", "never" })
        {
            using var response = await fixture.Http.AskAsync(HttpMethod.Get, "v1beta/files/" + id);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Equal($"You do not have permission to access the File {id} or it may not exist.", (string?)(await response.JsonAsync())["error"]!["message"]);
        }
    }

    [Fact]
    public async Task Uploaded_files_cannot_be_downloaded()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        await fixture.Http.UploadAsync("hello", "files/mine");
        using var response = await fixture.Http.AskAsync(HttpMethod.Get, "v1beta/files/mine:download?alt=media");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Lists_come_in_pages_newest_first_and_an_empty_list_is_an_empty_object()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        Assert.Equal("{}", (await fixture.Http.GetJsonAsync("v1beta/files")).ToJsonString());
        for (var number = 0; number < 5; number++)
        {
            await fixture.Http.UploadAsync("x", $"files/f{number}");
            fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var names = new List<string?>();
        string? token = null;
        do
        {
            var page = await fixture.Http.GetJsonAsync("v1beta/files?pageSize=2" + (token is null ? "" : "&pageToken=" + Uri.EscapeDataString(token)));
            names.AddRange(page["files"]!.AsArray().Select(file => (string?)file!["name"]));
            token = (string?)page["nextPageToken"];
        }
        while (token is not null);
        Assert.Equal(["files/f4", "files/f3", "files/f2", "files/f1", "files/f0"], names);
    }

    [Fact]
    public async Task The_state_folder_does_not_grow_beyond_its_limit()
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options with { MaxStateBytes = 10_000 });
        var session = await fixture.Http.StartUploadAsync(20_000);
        using var response = await fixture.Http.AskAsync(EmulatorCalls.Chunk(session, new byte[20_000], 0));
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.InRange(new DirectoryInfo(fixture.StateFolder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length), 0, 10_000);
    }

    [Fact]
    public async Task A_result_file_is_downloaded_in_ranges_and_a_range_past_the_end_is_416()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var bytes = await fixture.RunForBytesAsync(EmulatorCalls.Row("a", "one"));
        var name = "files/batch-" + fixture.Emulator.Jobs.Single().Name["batches/".Length..];
        foreach (var (from, status) in new[] { (5, HttpStatusCode.PartialContent), (Encoding.UTF8.GetByteCount(bytes), HttpStatusCode.RequestedRangeNotSatisfiable) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"v1beta/{name}:download?alt=media", UriKind.Relative));
            request.Headers.Range = new System.Net.Http.Headers.RangeHeaderValue(from, null);
            using var response = await fixture.Http.AskAsync(request);
            Assert.Equal(status, response.StatusCode);
        }
    }

    [Fact]
    public async Task Neither_a_finished_upload_nor_one_that_was_given_up_leaves_anything_behind()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        await fixture.Http.UploadAsync("finished", "files/finished", mimeType: "text/plain");
        var session = await fixture.Http.StartUploadAsync(100);
        using var begun = await fixture.Http.AskAsync(EmulatorCalls.Chunk(session, new byte[60], 0, "upload"));
        var uploads = Path.Combine(fixture.StateFolder, "uploads");
        Assert.Single(Directory.GetFiles(uploads));

        fixture.Clock.Advance(TimeSpan.FromHours(48));
        using var late = await fixture.Http.AskAsync(EmulatorCalls.Chunk(session, new byte[40], 60));
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
        Assert.Empty(Directory.GetFiles(uploads));
        await fixture.Http.GetJsonAsync("v1beta/files");
        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(fixture.StateFolder, "blobs")), path => new FileInfo(path).Length == 60);
    }

    [Fact]
    public async Task Checksums_that_an_interruption_left_behind_are_taken_again()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var path = Path.Combine(fixture.StateFolder, "grown");
        await File.WriteAllTextAsync(path, "123456789", TestContext.Current.CancellationToken);
        using var state = StateFolder.Open(Path.Combine(fixture.StateFolder, "other"), 1_000);
        using var content = new GrowingBlob(state, path);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => content.FinishAsync(new CancellationToken(canceled: true)));
        Assert.Equal("4waSgw==", (await content.FinishAsync(TestContext.Current.CancellationToken)).Crc32C);
        content.Truncate(4);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("1234"u8)), (await content.FinishAsync(TestContext.Current.CancellationToken)).Sha256);
    }
}
