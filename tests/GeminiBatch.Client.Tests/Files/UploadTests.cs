using System.Text.Json;
using GeminiBatch.Client.Tests.Wire;
using Microsoft.AspNetCore.Http;

namespace GeminiBatch.Client.Tests.Files;

/// <summary>Protocol 1.6: resumable upload.</summary>
public sealed class UploadTests
{
    private const int Chunk = 256 * 1024;

    private static readonly byte[] Content = [.. Enumerable.Range(0, (Chunk * 2) + 1000).Select(i => (byte)(i * 31 % 251))];

    [Fact]
    public async Task Chunks_carry_offsets_and_the_last_one_finalizes()
    {
        var upload = new UploadServer();
        await using StubServer server = await upload.StartAsync();

        GeminiStoredFile file = await UploadAsync(server, Content);

        Assert.Equal(Content, upload.Stored);
        Assert.Equal(Content.Length, file.Size);
        Assert.Equal(["start", "upload", "upload", "upload, finalize"], server.Requests.Select(request => request.Header("X-Goog-Upload-Command")));
        Assert.All(server.Requests, request => Assert.Equal(StubServer.ApiKey, request.Header("x-goog-api-key")));
        Assert.All(server.Requests, request => Assert.DoesNotContain(StubServer.ApiKey, request.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_start_is_the_protocols_request()
    {
        using JsonDocument sample = JsonDocument.Parse(SharedData.Sample("files_upload_start_request.json"));
        var upload = new UploadServer();
        await using StubServer server = await upload.StartAsync();
        byte[] content = new byte[18231];

        await server.Client().Files.UploadAsync(
            new MemoryStream(content),
            new GeminiUpload { DisplayName = "batch-input", MimeType = "application/jsonl", Size = content.Length },
            TestContext.Current.CancellationToken);

        StubRequest start = server.Requests[0];
        Assert.Equal("/upload/v1beta/files", start.Path);
        Assert.True(JsonElement.DeepEquals(sample.RootElement.GetProperty("body"), JsonDocument.Parse(start.Body).RootElement));
        foreach (JsonProperty header in sample.RootElement.GetProperty("_http").GetProperty("headers").EnumerateObject())
        {
            // A file name is optional, and this client sends none.
            if (header.Name is not ("x-goog-api-key" or "X-Goog-Upload-File-Name"))
            {
                Assert.Equal(header.Value.GetString(), start.Header(header.Name));
            }
        }
    }

    [Fact]
    public async Task A_broken_chunk_goes_on_at_the_byte_that_the_service_kept()
    {
        var upload = new UploadServer
        {
            Spoil = (command, count, context, request, server) =>
            {
                if (command != "upload" || count != 2)
                {
                    return Task.FromResult(false);
                }

                server.Keep(request.Body, 1234);
                context.Response.StatusCode = 503;
                return Task.FromResult(true);
            },
        };
        await using StubServer server = await upload.StartAsync();

        await UploadAsync(server, Content, seekable: false);

        Assert.Equal(Content, upload.Stored);
        Assert.Contains(server.Requests, request => request.Header("X-Goog-Upload-Offset") == (Chunk + 1234).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_chunk_that_arrived_although_the_answer_was_lost_is_not_sent_again()
    {
        var upload = new UploadServer
        {
            Spoil = (command, count, context, request, server) =>
            {
                if (command != "upload" || count != 1)
                {
                    return Task.FromResult(false);
                }

                server.Keep(request.Body, request.Body.Length);
                context.Abort();
                return Task.FromResult(true);
            },
        };
        await using StubServer server = await upload.StartAsync();

        await UploadAsync(server, Content);

        Assert.Equal(Content, upload.Stored);
        Assert.Equal(["start", "upload", "query", "upload", "upload, finalize"], server.Requests.Select(request => request.Header("X-Goog-Upload-Command")));
    }

    [Fact]
    public async Task An_answer_without_the_status_header_is_not_believed_whatever_its_code()
    {
        var upload = new UploadServer
        {
            Spoil = (command, count, _, _, _) => Task.FromResult(command == "upload" && count == 1),
        };
        await using StubServer server = await upload.StartAsync();

        await UploadAsync(server, Content);

        Assert.Equal(Content, upload.Stored);
        Assert.Contains(server.Requests, request => request.Header("X-Goog-Upload-Command") == "query");
    }

    [Fact]
    public async Task A_lost_last_answer_is_made_good_by_reading_the_file_under_its_chosen_name()
    {
        var upload = new UploadServer
        {
            Spoil = (command, _, context, request, server) =>
            {
                if (command != "upload, finalize")
                {
                    return Task.FromResult(false);
                }

                server.Keep(request.Body, request.Body.Length);
                server.Finish();
                context.Abort();
                return Task.FromResult(true);
            },
        };
        await using StubServer server = await upload.StartAsync();

        GeminiStoredFile file = await UploadAsync(server, Content, name: "chosen");

        Assert.Equal("files/chosen", file.Name);
        Assert.Equal(Content.Length, file.Size);
        Assert.Single(server.Requests, request => request.Header("X-Goog-Upload-Command") == "upload, finalize");
    }

    [Fact]
    public async Task An_error_in_the_last_answer_is_read_before_the_file_that_is_not_there()
    {
        string body = SharedData.Sample("error_400_mime.json");
        var upload = new UploadServer
        {
            Spoil = async (command, _, context, _, _) =>
            {
                if (command != "upload, finalize")
                {
                    return false;
                }

                context.Response.Headers["X-Goog-Upload-Status"] = "final";
                await context.Response.WriteAsync(body);
                return true;
            },
        };
        await using StubServer server = await upload.StartAsync();

        GeminiApiException refused = await Assert.ThrowsAsync<GeminiApiException>(() => UploadAsync(server, Content));

        Assert.Equal(400, refused.HttpStatus);
        Assert.Equal("Unsupported MIME type: jsonl", refused.ServiceMessage);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Content_of_another_size_than_announced_is_never_finalized(int difference)
    {
        var upload = new UploadServer();
        await using StubServer server = await upload.StartAsync();

        await Assert.ThrowsAsync<InvalidDataException>(() => server.Client(options => options.UploadChunkBytes = Chunk).Files.UploadAsync(
            new MemoryStream(Content),
            new GeminiUpload { MimeType = "text/plain", Size = Content.Length - difference },
            TestContext.Current.CancellationToken));

        Assert.False(upload.IsFinal);
    }

    [Fact]
    public async Task An_empty_file_is_one_finalizing_chunk()
    {
        var upload = new UploadServer();
        await using StubServer server = await upload.StartAsync();

        GeminiStoredFile file = await UploadAsync(server, []);

        Assert.Equal(0, file.Size);
        Assert.Equal(["start", "upload, finalize"], server.Requests.Select(request => request.Header("X-Goog-Upload-Command")));
    }

    [Fact]
    public async Task A_chunk_is_given_up_after_the_attempts()
    {
        var upload = new UploadServer
        {
            Spoil = (command, _, context, _, _) =>
            {
                context.Response.StatusCode = 503;
                return Task.FromResult(command.StartsWith("upload", StringComparison.Ordinal));
            },
        };
        await using StubServer server = await upload.StartAsync();

        GeminiApiException refused = await Assert.ThrowsAsync<GeminiApiException>(() => UploadAsync(server, Content));

        Assert.Equal(503, refused.HttpStatus);
        Assert.Equal(4, server.Clock.Waits.Count);
    }

    [Theory]
    [InlineData("-abc")]
    [InlineData("ABC")]
    [InlineData("a/b")]
    [InlineData("a234567890123456789012345678901234567890x")]
    public async Task A_name_that_the_service_would_refuse_is_refused_before_anything_is_sent(string name)
    {
        await using StubServer server = await new UploadServer().StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => UploadAsync(server, Content, name: name));

        Assert.Empty(server.Requests);
    }

    private static Task<GeminiStoredFile> UploadAsync(StubServer server, byte[] content, string? name = null, bool seekable = true)
    {
        Stream stream = seekable ? new MemoryStream(content) : new UnseekableStream(content);
        return server.Client(options => options.UploadChunkBytes = Chunk).Files.UploadAsync(
            stream,
            new GeminiUpload { Name = name, MimeType = "application/jsonl", Size = content.Length },
            TestContext.Current.CancellationToken);
    }
}
