using GeminiBatch.Client.Tests.Wire;

namespace GeminiBatch.Client.Tests.Storage;

/// <summary>Protocol 4: objects and buckets over the JSON API.</summary>
public sealed class CloudStorageTests
{
    private const int Chunk = 256 * 1024;
    private static readonly byte[] Content = [.. Enumerable.Range(0, (3 * Chunk) + 12_345).Select(i => (byte)(i * 31 % 251))];
    private static readonly CloudObjectName Name = new("demo-bucket", "in/rows 1/ä+b.jsonl");

    [Fact]
    public void The_checksum_is_Castagnoli_s()
    {
        var crc = default(Crc32C);
        crc.Append("1234"u8);
        crc.Append("56789"u8);

        Assert.Equal(0xE3069283u, crc.Value);
        Assert.Equal("4waSgw==", Crc32C.ToBase64(crc.Value));
        Assert.Equal(0xE3069283u, Crc32C.FromBase64("4waSgw=="));
    }

    [Fact]
    public async Task An_upload_goes_in_chunks_to_the_session_and_names_are_one_escaped_segment()
    {
        var bucket = new BucketServer();
        await using StubServer server = await bucket.StartAsync();

        CloudObject stored = await UploadAsync(server, ifGeneration: 0);
        CloudObject? found = await server.VertexClient().Storage.FindAsync(Name, TestContext.Current.CancellationToken);

        Assert.Equal(Content, bucket.Objects[Name.Name].Bytes);
        Assert.Equal(stored, found);
        Assert.Equal(Content.Length, stored.Size);
        StubRequest start = server.Requests[0];
        Assert.Equal("POST /upload/storage/v1/b/demo-bucket/o?uploadType=resumable&name=in%2Frows%201%2F%C3%A4%2Bb.jsonl&ifGenerationMatch=0", start.ToString());
        Assert.Equal("application/jsonl", start.Header("X-Upload-Content-Type"));
        Assert.Equal("Bearer token-1", start.Header("Authorization"));
        Assert.Equal(
            [$"bytes 0-{Chunk - 1}/{Content.Length}", $"bytes {Chunk}-{(2 * Chunk) - 1}/{Content.Length}", $"bytes {2 * Chunk}-{(3 * Chunk) - 1}/{Content.Length}", $"bytes {3 * Chunk}-{Content.Length - 1}/{Content.Length}"],
            server.Requests.Where(request => request.Method == "PUT").Select(request => request.Header("Content-Range")));
        Assert.EndsWith("/storage/v1/b/demo-bucket/o/in%2Frows%201%2F%C3%A4+b.jsonl", server.Requests[^1].Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk / 2)]
    [InlineData(Chunk)]
    public async Task A_chunk_without_an_answer_is_asked_about_and_continued_where_it_broke(int kept)
    {
        BucketServer bucket = null!;
        bucket = new BucketServer
        {
            Spoil = (kind, number, context, request) =>
            {
                if (kind != "chunk" || number != 2)
                {
                    return Task.FromResult(false);
                }

                bucket.Keep(request.Body.Take(kept));
                context.Response.StatusCode = 503;
                return Task.FromResult(true);
            },
        };
        await using StubServer server = await bucket.StartAsync();

        await UploadAsync(server, ifGeneration: null);

        Assert.Equal(Content, bucket.Objects[Name.Name].Bytes);
        Assert.Contains(server.Requests, request => request.Header("Content-Range") == $"bytes */{Content.Length}");
    }

    [Fact]
    public async Task The_last_answer_that_got_lost_is_asked_for_again()
    {
        var bucket = new BucketServer { LosesReply = static (kind, number) => kind == "chunk" && number == 4 };
        await using StubServer server = await bucket.StartAsync();

        CloudObject stored = await UploadAsync(server, ifGeneration: 0);

        Assert.Equal(Content.Length, stored.Size);
        Assert.Single(bucket.Objects);
    }

    [Fact]
    public async Task What_was_stored_differently_than_sent_is_deleted_and_an_error()
    {
        var bucket = new BucketServer { OnStored = static bytes => bytes[100_000] ^= 1 };
        await using StubServer server = await bucket.StartAsync();

        InvalidDataException exception = await Assert.ThrowsAsync<InvalidDataException>(() => UploadAsync(server, ifGeneration: 0));

        Assert.Contains("checksum", exception.Message, StringComparison.Ordinal);
        Assert.Empty(bucket.Objects);
    }

    [Fact]
    public async Task An_object_that_is_there_is_not_overwritten_where_it_must_not_be()
    {
        var bucket = new BucketServer();
        bucket.Put(Name.Name, "older");
        await using StubServer server = await bucket.StartAsync();

        GeminiApiException exception = await Assert.ThrowsAsync<GeminiApiException>(() => UploadAsync(server, ifGeneration: 0));

        Assert.Equal(412, exception.HttpStatus);
        Assert.Equal("older"u8.ToArray(), bucket.Objects[Name.Name].Bytes);
    }

    [Fact]
    public async Task A_broken_download_continues_by_range_with_the_same_version_and_is_verified()
    {
        var bucket = new BucketServer
        {
            Spoil = async (kind, number, context, _) =>
            {
                if (kind != "media" || number != 1)
                {
                    return false;
                }

                context.Response.ContentLength = Content.Length;
                await context.Response.Body.WriteAsync(Content.AsMemory(0, 100_000));
                await context.Response.Body.FlushAsync();
                context.Abort();
                return true;
            },
        };
        bucket.Put(Name.Name, Content);
        await using StubServer server = await bucket.StartAsync();

        Assert.Equal(Content, await DownloadAsync(server));

        Assert.Contains("&generation=1001", server.Requests[^1].Path, StringComparison.Ordinal);
        Assert.StartsWith("bytes=", server.Requests[^1].Header("Range"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_download_with_a_wrong_byte_does_not_end_as_if_it_were_whole()
    {
        byte[] damaged = [.. Content];
        damaged[77] ^= 4;
        var bucket = new BucketServer
        {
            Spoil = async (kind, _, context, _) =>
            {
                if (kind == "media")
                {
                    await context.Response.Body.WriteAsync(damaged);
                }

                return kind == "media";
            },
        };
        bucket.Put(Name.Name, Content);
        await using StubServer server = await bucket.StartAsync();

        await Assert.ThrowsAsync<InvalidDataException>(() => DownloadAsync(server));
    }

    [Fact]
    public async Task Lists_have_all_pages_and_an_empty_one_has_no_items_member()
    {
        var bucket = new BucketServer { PageSize = 2 };
        foreach (string name in (string[])["out/a/1.jsonl", "out/a/2.jsonl", "out/a/3.jsonl", "out/ab/1.jsonl"])
        {
            bucket.Put(name, "x");
        }

        await using StubServer server = await bucket.StartAsync();
        CloudStorage storage = server.VertexClient().Storage;

        Assert.Equal(
            ["out/a/1.jsonl", "out/a/2.jsonl", "out/a/3.jsonl"],
            await storage.ListAsync(new CloudObjectName("demo-bucket", "out/a/"), TestContext.Current.CancellationToken).Select(item => item.Name.Name).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await storage.ListAsync(new CloudObjectName("demo-bucket", "none/"), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_missing_object_is_null_and_deleting_it_is_no_error()
    {
        await using StubServer server = await new BucketServer().StartAsync();
        CloudStorage storage = server.VertexClient().Storage;

        Assert.Null(await storage.FindAsync(Name, TestContext.Current.CancellationToken));
        await storage.DeleteAsync(Name, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("gs://demo-bucket/a/b.pdf", "demo-bucket", "a/b.pdf")]
    [InlineData("gs://demo-bucket/a b%20ä", "demo-bucket", "a b%20ä")]
    [InlineData("gs://demo-bucket/", null, null)]
    [InlineData("gs://De/x", null, null)]
    [InlineData("gs://demo-bucket/..", null, null)]
    [InlineData("https://demo-bucket/x", null, null)]
    public void Addresses_are_read_unescaped(string uri, string? bucket, string? name)
    {
        Assert.Equal(bucket is not null, CloudObjectName.TryParse(uri, out CloudObjectName read));
        if (bucket is not null)
        {
            Assert.Equal((bucket, name, uri), (read.Bucket, read.Name, read.Uri));
        }
    }

    private static async Task<CloudObject> UploadAsync(StubServer server, long? ifGeneration)
    {
        using var content = new MemoryStream(Content);
        var upload = new CloudUpload { Name = Name, ContentType = "application/jsonl", Size = Content.Length, IfGeneration = ifGeneration };
        return await server.VertexClient(options => options.UploadChunkBytes = Chunk).Storage.UploadAsync(content, upload, TestContext.Current.CancellationToken);
    }

    private static async Task<byte[]> DownloadAsync(StubServer server)
    {
        CloudStorage storage = server.VertexClient().Storage;
        CloudObject item = (await storage.FindAsync(Name, TestContext.Current.CancellationToken))!;
        using var read = new MemoryStream();
        await using Stream stream = await storage.OpenAsync(item, TestContext.Current.CancellationToken);
        await stream.CopyToAsync(read, TestContext.Current.CancellationToken);
        return read.ToArray();
    }
}
