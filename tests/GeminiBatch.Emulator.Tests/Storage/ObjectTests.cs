using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBatch.Testing;

namespace GeminiBatch.Emulator.Tests;

public sealed class ObjectTests
{
    private const int Granule = 256 * 1024;

    [Fact]
    public async Task An_object_keeps_its_bytes_its_checksums_and_a_name_with_slashes()
    {
        await using var fixture = await StartAsync();
        using var stored = await fixture.Http.PutObjectAsync("in/a b%2F/ä.jsonl", "123456789");
        var resource = await stored.JsonAsync();
        Assert.Equal("in/a b%2F/ä.jsonl", (string?)resource["name"]);
        Assert.Equal("9", (string?)resource["size"]);
        // The check values that the algorithms' own specifications give for these nine bytes.
        Assert.Equal("4waSgw==", (string?)resource["crc32c"]);
        Assert.Equal("JfnnlDI7RTiF9RgfG2JNCw==", (string?)resource["md5Hash"]);
        Assert.Equal("123456789", await fixture.Http.ReadObjectAsync("in/a b%2F/ä.jsonl"));
        Assert.Equal((string?)resource["generation"], (string?)(await fixture.Http.GetJsonAsync(StorageCalls.PathOf("in/a b%2F/ä.jsonl")))["generation"]);
    }

    [Fact]
    public async Task A_resumable_upload_goes_on_from_what_was_kept_of_a_broken_chunk()
    {
        await using var fixture = await StartAsync(new EmulatedFault { Operation = EmulatedOperation.UploadChunk, Kind = EmulatedFaultKind.BreakTransfer, KeptBytes = Granule + 5, Attempt = 2 });
        var bytes = Enumerable.Range(0, (3 * Granule) + 7).Select(number => (byte)number).ToArray();
        var session = await fixture.Http.StartObjectAsync("big");
        using var first = await fixture.Http.AskAsync(StorageCalls.Piece(session, bytes[..Granule], $"bytes 0-{Granule - 1}/*"));
        Assert.Equal(308, (int)first.StatusCode);
        Assert.Equal($"bytes=0-{Granule - 1}", first.Headers.GetValues("Range").Single());
        using var broken = await fixture.Http.AskAsync(StorageCalls.Piece(session, bytes[Granule..], $"bytes {Granule}-{bytes.Length - 1}/{bytes.Length}"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, broken.StatusCode);

        await fixture.RestartAsync();
        session = new Uri(fixture.Emulator.Endpoint, session.PathAndQuery);
        using var state = await fixture.Http.AskAsync(StorageCalls.Piece(session, [], $"bytes */{bytes.Length}"));
        Assert.Equal($"bytes=0-{(2 * Granule) - 1}", state.Headers.GetValues("Range").Single());
        using var rest = await fixture.Http.AskAsync(StorageCalls.Piece(session, bytes[(2 * Granule)..], $"bytes {2 * Granule}-{bytes.Length - 1}/{bytes.Length}"));
        Assert.Equal(HttpStatusCode.OK, rest.StatusCode);
        using var again = await fixture.Http.AskAsync(StorageCalls.Piece(session, [], $"bytes */{bytes.Length}"));
        Assert.Equal("big", (string?)(await again.JsonAsync())["name"]);
        Assert.Equal(bytes, await fixture.Http.GetByteArrayAsync(new Uri(StorageCalls.PathOf("big") + "?alt=media", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nothing_kept_is_a_308_without_a_range()
    {
        await using var fixture = await StartAsync();
        var session = await fixture.Http.StartObjectAsync("none");
        using var state = await fixture.Http.AskAsync(StorageCalls.Piece(session, [], "bytes */100"));
        Assert.Equal(308, (int)state.StatusCode);
        Assert.False(state.Headers.Contains("Range"));
    }

    [Fact]
    public async Task Only_the_first_creator_wins_with_ifGenerationMatch_0()
    {
        await using var fixture = await StartAsync();
        using var first = await fixture.Http.PutObjectAsync("once", "one", "&ifGenerationMatch=0");
        using var second = await fixture.Http.PutObjectAsync("once", "two", "&ifGenerationMatch=0");
        Assert.Equal(HttpStatusCode.PreconditionFailed, second.StatusCode);
        Assert.Equal("conditionNotMet", (string?)(await second.JsonAsync())["error"]!["errors"]![0]!["reason"]);
        var generation = (string?)(await first.JsonAsync())["generation"];
        using var third = await fixture.Http.PutObjectAsync("once", "three", "&ifGenerationMatch=" + generation);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
        Assert.Equal("three", await fixture.Http.ReadObjectAsync("once"));
    }

    [Fact]
    public async Task Bytes_that_do_not_have_the_announced_checksum_make_no_object()
    {
        await using var fixture = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"upload/storage/v1/b/{StorageCalls.Bucket}/o?uploadType=media&name=x", UriKind.Relative)) { Content = new StringContent("12345678") };
        request.Headers.Add("X-Goog-Hash", "crc32c=4waSgw==");
        using var response = await fixture.Http.AskAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(await fixture.Http.ListAsync(""));
    }

    [Theory]
    [InlineData("bytes=2-", 206, "3456789")]
    [InlineData("bytes=2-4", 206, "345")]
    [InlineData("bytes=-3", 206, "789")]
    [InlineData("bytes=9-", 416, "")]
    [InlineData("bytes=4-2", 200, "123456789")]
    public async Task A_range_is_answered_and_one_past_the_end_is_416(string range, int status, string content)
    {
        await using var fixture = await StartAsync();
        using var stored = await fixture.Http.PutObjectAsync("x", "123456789");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(StorageCalls.PathOf("x") + "?alt=media", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Range", range);
        using var response = await fixture.Http.AskAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(content, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        if (status == 416)
        {
            Assert.Equal("bytes */9", response.Content.Headers.ContentRange!.ToString());
        }
    }

    [Fact]
    public async Task A_list_is_in_byte_order_in_pages_with_prefixes_and_has_no_items_when_empty()
    {
        await using var fixture = await StartAsync();
        foreach (var name in new[] { "p/b", "p/a", "p/sub/1", "p/sub/2", "q", "p/\U0001F600", "p/\uFFFD" })
        {
            using var stored = await fixture.Http.PutObjectAsync(name, "x");
        }

        Assert.Equal(["p/a", "p/b", "p/sub/1", "p/sub/2", "p/\uFFFD", "p/\U0001F600"], await fixture.Http.ListAsync("prefix=p/"));
        var names = new List<string>();
        var token = "";
        do
        {
            var page = await fixture.Http.GetJsonAsync($"storage/v1/b/{StorageCalls.Bucket}/o?prefix=p/&delimiter=/&maxResults=2&pageToken={Uri.EscapeDataString(token)}");
            names.AddRange(page["prefixes"]?.AsArray().Select(prefix => (string)prefix!) ?? []);
            names.AddRange(page["items"]?.AsArray().Select(item => (string)item!["name"]!) ?? []);
            token = (string?)page["nextPageToken"] ?? "";
        }
        while (token.Length > 0);
        Assert.Equal(5, names.Count);
        Assert.Contains("p/sub/", names);
        Assert.Equal("""{"kind":"storage#objects"}""", (await fixture.Http.GetJsonAsync($"storage/v1/b/{StorageCalls.Bucket}/o?prefix=nothing")).ToJsonString());
        var masked = await fixture.Http.GetJsonAsync($"storage/v1/b/{StorageCalls.Bucket}/o?prefix=q&fields=items(name,size),nextPageToken");
        Assert.Equal("""{"items":[{"name":"q","size":"1"}]}""", masked.ToJsonString());
    }

    [Fact]
    public async Task A_deleted_object_is_gone_and_errors_have_the_shape_of_Cloud_Storage()
    {
        await using var fixture = await StartAsync();
        using var stored = await fixture.Http.PutObjectAsync("a/x", "1");
        using var deleted = await fixture.Http.AskAsync(HttpMethod.Delete, StorageCalls.PathOf("a/x"));
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var missing = await fixture.Http.AskAsync(HttpMethod.Get, StorageCalls.PathOf("a/x"));
        Assert.Equal(
            """{"error":{"code":404,"message":"No such object: demo-bucket/a/x","errors":[{"message":"No such object: demo-bucket/a/x","domain":"global","reason":"notFound"}]}}""",
            (await missing.JsonAsync()).ToJsonString());
        using var nowhere = await fixture.Http.AskAsync(HttpMethod.Get, StorageCalls.PathOf("x", "no-such-bucket"));
        Assert.Equal("The specified bucket does not exist.", (string?)(await nowhere.JsonAsync())["error"]!["message"]);
    }

    [Fact]
    public async Task A_multipart_upload_has_its_metadata_and_its_bytes()
    {
        await using var fixture = await StartAsync();
        using var parts = new MultipartContent("related", "frontier")
        {
            new StringContent("""{"name":"m","contentType":"image/png","metadata":{"owner":"me"}}""", Encoding.UTF8, "application/json"),
            new ByteArrayContent([1, 2, 3]),
        };
        using var response = await fixture.Http.PostAsync(new Uri($"upload/storage/v1/b/{StorageCalls.Bucket}/o?uploadType=multipart", UriKind.Relative), parts, TestContext.Current.CancellationToken);
        var resource = await response.JsonAsync();
        Assert.Equal(("m", "image/png", "3", "me"), ((string?)resource["name"], (string?)resource["contentType"], (string?)resource["size"], (string?)resource["metadata"]!["owner"]));
    }

    [Fact]
    public async Task Buckets_are_created_once_shown_with_their_location_and_deleted_when_empty()
    {
        await using var fixture = await StartAsync();
        using var again = await fixture.Http.PostJsonAsync("storage/v1/b?project=demo-project", new JsonObject { ["name"] = StorageCalls.Bucket });
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        var bucket = await fixture.Http.GetJsonAsync("storage/v1/b/" + StorageCalls.Bucket);
        Assert.Equal(("US-CENTRAL1", "region"), ((string?)bucket["location"], (string?)bucket["locationType"]));
        using var stored = await fixture.Http.PutObjectAsync("x", "1");
        using var refused = await fixture.Http.AskAsync(HttpMethod.Delete, "storage/v1/b/" + StorageCalls.Bucket);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        using var denied = await fixture.Http.AskAsync(HttpMethod.Get, "storage/v1/b/denied-bucket");
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
    }

    [Fact]
    public async Task Buckets_and_objects_survive_a_restart_and_faults_have_the_shape_of_Cloud_Storage()
    {
        await using var fixture = await StartAsync(new EmulatedFault { Operation = EmulatedOperation.GetFile, Kind = EmulatedFaultKind.Refuse });
        using var stored = await fixture.Http.PutObjectAsync("kept", "bytes");
        await fixture.RestartAsync();
        using var refused = await fixture.Http.AskAsync(HttpMethod.Get, StorageCalls.PathOf("kept"));
        Assert.Equal("backendError", (string?)(await refused.JsonAsync())["error"]!["errors"]![0]!["reason"]);
        Assert.Equal("bytes", await fixture.Http.ReadObjectAsync("kept"));
    }

    private static async Task<EmulatorFixture> StartAsync(params EmulatedFault[] faults)
    {
        var fixture = await EmulatorFixture.StartAsync(options => options with { Faults = faults });
        await fixture.Http.CreateBucketAsync();
        return fixture;
    }
}
