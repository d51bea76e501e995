using System.Text;
using System.Text.Json;
using GeminiBatch.Client.Tests.Wire;
using Microsoft.AspNetCore.Http;

namespace GeminiBatch.Client.Tests.Files;

/// <summary>Protocol 1.6: the file resource, lists and deletion.</summary>
public sealed class StoredFileTests
{
    [Fact]
    public void An_active_file_is_read_with_its_hash_from_base64_of_hexadecimal_text()
    {
        string sample = SharedData.Sample("files_get_active.json");

        GeminiStoredFile file = StoredFileReading.Read(JsonDocument.Parse(sample).RootElement)!;

        Assert.Equal("files/4t9s1k8c2m7q", file.Name);
        Assert.Equal(18231, file.Size);
        Assert.Equal(GeminiUploadState.Active, file.State);
        Assert.Equal("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", file.Sha256Hex);
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 0, 59, 39, 998, TimeSpan.Zero).AddTicks(8771), file.ExpirationTime);
        Assert.False(file.IsGenerated);
    }

    [Theory]
    [InlineData("files_get_failed.json", GeminiUploadState.Failed, false, "The file could not be processed.")]
    [InlineData("files_get_processing_video.json", GeminiUploadState.Processing, false, null)]
    [InlineData("files_get_generated_result.json", GeminiUploadState.Active, true, null)]
    public void Each_state_is_read(string sample, GeminiUploadState state, bool generated, string? error)
    {
        GeminiStoredFile file = StoredFileReading.Read(JsonDocument.Parse(SharedData.Sample(sample)).RootElement)!;

        Assert.Equal(state, file.State);
        Assert.Equal(generated, file.IsGenerated);
        Assert.Equal(error, file.Error?.Message);
    }

    [Fact]
    public async Task A_list_goes_on_after_an_empty_page_with_a_token()
    {
        await using StubServer server = await StubServer.StartAsync(
            (200, """{"files":[{"name":"files/a"}],"nextPageToken":"t 1"}"""), (200, """{"nextPageToken":"t2"}"""), (200, """{"files":[{"name":"files/b"}]}"""));

        List<GeminiStoredFile> files = await server.Client().Files.ListAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["files/a", "files/b"], files.Select(file => file.Name));
        Assert.Equal(
            ["/v1beta/files?pageSize=100", "/v1beta/files?pageSize=100&pageToken=t%201", "/v1beta/files?pageSize=100&pageToken=t2"],
            server.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task A_file_that_is_gone_is_deleted()
    {
        await using StubServer server = await StubServer.StartAsync((404, SharedData.Sample("error_404.json")));

        await server.Client().Files.DeleteAsync("files/x", TestContext.Current.CancellationToken);

        Assert.Equal("DELETE /v1beta/files/x", server.Requests.Single().ToString());
    }

    [Fact]
    public async Task Waiting_for_a_file_polls_until_it_is_active()
    {
        await using StubServer server = await StubServer.StartAsync(
            (200, """{"name":"files/x","state":"PROCESSING"}"""), (200, """{"name":"files/x","state":"PROCESSING"}"""), (200, """{"name":"files/x","state":"ACTIVE"}"""));
        DeveloperFiles files = server.Client().Files;

        GeminiStoredFile file = await files.WaitUntilActiveAsync(
            await files.GetAsync("x", TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        Assert.Equal(GeminiUploadState.Active, file.State);
        Assert.Equal([TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)], server.Clock.Waits);
    }

    [Fact]
    public async Task Waiting_for_a_file_has_an_end()
    {
        await using StubServer server = await StubServer.StartAsync((200, """{"name":"files/x","state":"PROCESSING","mimeType":"video/mp4"}"""));
        DeveloperFiles files = server.Client(static options => options.FileReadyTimeout = TimeSpan.FromMinutes(2)).Files;
        GeminiStoredFile file = await files.GetAsync("x", TestContext.Current.CancellationToken);

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => files.WaitUntilActiveAsync(file, TestContext.Current.CancellationToken));

        Assert.Contains("still being processed after 2 minutes", exception.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(2), server.Clock.Waits.Aggregate(TimeSpan.Zero, static (sum, wait) => sum + wait));
    }

    [Fact]
    public async Task A_failed_file_says_why()
    {
        await using StubServer server = await StubServer.StartAsync((200, SharedData.Sample("files_get_failed.json")));
        DeveloperFiles files = server.Client().Files;
        GeminiStoredFile failed = await files.GetAsync("x", TestContext.Current.CancellationToken);

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => files.WaitUntilActiveAsync(failed, TestContext.Current.CancellationToken));

        Assert.Contains("The file could not be processed.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_mime_type_falls_back_to_the_next()
    {
        string refusal = SharedData.Sample("error_400_mime.json");
        var upload = new UploadServer
        {
            Spoil = async (command, _, context, request, _) =>
            {
                if (command == "GET")
                {
                    context.Response.StatusCode = 404;
                    return true;
                }

                if (command != "start" || !request.Text.Contains("jsonl", StringComparison.Ordinal))
                {
                    return false;
                }

                context.Response.StatusCode = 400;
                await context.Response.WriteAsync(refusal, Encoding.UTF8);
                return true;
            },
        };
        await using StubServer server = await upload.StartAsync();
        byte[] rows = "{}\n"u8.ToArray();

        StagedFile staged = await new DeveloperBackend(server.Client()).StageAsync(
            new StagingFile { Name = "chosen", MimeType = "application/jsonl", Size = rows.Length, Open = _ => ValueTask.FromResult<Stream>(new MemoryStream(rows)) },
            TestContext.Current.CancellationToken);

        Assert.Equal("files/chosen", staged.Name);
        Assert.Equal(["application/jsonl", "application/json"], server.Requests.Select(request => request.Header("X-Goog-Upload-Header-Content-Type")).OfType<string>());
    }
}
