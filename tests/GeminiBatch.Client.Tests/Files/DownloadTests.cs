using System.Globalization;
using GeminiBatch.Client.Tests.Wire;
using GeminiBatch.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace GeminiBatch.Client.Tests.Files;

/// <summary>Protocol 1.7: downloading, and what happens when the connection breaks.</summary>
public sealed class DownloadTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 17 % 253))];

    [Theory]
    [InlineData(Resuming.ByRange)]
    [InlineData(Resuming.FromTheStart)]
    [InlineData(Resuming.RefusesRanges)]
    [InlineData(Resuming.AtTheWrongByte)]
    public async Task A_broken_download_gives_the_same_bytes_however_the_service_resumes(Resuming resuming)
    {
        int requests = 0;
        await using StubServer server = await StubServer.StartAsync(async (request, context) =>
        {
            int number = ++requests;
            await SendAsync(request, context, resuming, breakAt: number <= 2 ? 100_000 * number : null);
        });

        using var read = new MemoryStream();
        await using (Stream download = await server.Client().Files.DownloadAsync("files/batch-x", TestContext.Current.CancellationToken))
        {
            await download.CopyToAsync(read, TestContext.Current.CancellationToken);
        }

        Assert.Equal(Content, read.ToArray());
        Assert.Equal("/v1beta/files/batch-x:download?alt=media", server.Requests[0].Path);
        Assert.Null(server.Requests[0].Header("Range"));
        Assert.StartsWith("bytes=", server.Requests[1].Header("Range"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_download_that_breaks_every_time_without_progress_is_given_up()
    {
        await using StubServer server = await StubServer.StartAsync((_, context) =>
        {
            context.Response.ContentLength = 10;
            context.Abort();
            return Task.CompletedTask;
        });

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => server.Client().Files.DownloadAsync("files/x", TestContext.Current.CancellationToken));

        Assert.Equal(5, server.Requests.Count);
    }

    [Fact]
    public async Task The_address_of_a_result_file_is_not_cut_at_its_dash()
    {
        await using StubServer server = await StubServer.StartAsync((200, "{}"));

        await using Stream download = await server.Client().Files.DownloadAsync(
            "https://generativelanguage.googleapis.com/v1beta/files/batch-k3x0-v9:download?alt=media", TestContext.Current.CancellationToken);

        Assert.Equal("/v1beta/files/batch-k3x0-v9:download?alt=media", server.Requests[0].Path);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_because_the_key_would_travel_along()
    {
        await using StubServer server = await StubServer.StartAsync((_, context) =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = "http://127.0.0.1:1/elsewhere";
            return Task.CompletedTask;
        });

        GeminiApiException refused = await Assert.ThrowsAsync<GeminiApiException>(() => server.Client().Files.DownloadAsync("files/x", TestContext.Current.CancellationToken));

        Assert.Equal(302, refused.HttpStatus);
    }

    [Fact]
    public async Task A_reader_that_takes_its_time_between_two_reads_does_not_break_the_download()
    {
        await using StubServer server = await StubServer.StartAsync(async (_, context) =>
        {
            context.Response.ContentLength = Content.Length;
            await context.Response.Body.WriteAsync(Content);
        });
        var patience = new FakeClock();
        await using Stream download = await OpenAsync(server, patience);
        using var read = new MemoryStream();
        byte[] buffer = new byte[1_000];

        int count = await download.ReadAsync(buffer, TestContext.Current.CancellationToken);
        await read.WriteAsync(buffer.AsMemory(0, count), TestContext.Current.CancellationToken);
        patience.Advance(s_attempt * 2);
        await download.CopyToAsync(read, TestContext.Current.CancellationToken);

        Assert.Equal(Content, read.ToArray());
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_download_that_stands_still_while_it_is_read_is_begun_again_where_it_stood()
    {
        int requests = 0;
        await using StubServer server = await StubServer.StartAsync(async (request, context) =>
        {
            if (++requests > 1)
            {
                await SendAsync(request, context, Resuming.ByRange, breakAt: null);
                return;
            }

            context.Response.ContentLength = Content.Length;
            await context.Response.Body.WriteAsync(Content.AsMemory(0, 100));
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
        });
        var patience = new FakeClock();
        await using Stream download = await OpenAsync(server, patience);
        byte[] read = new byte[Content.Length];
        await download.ReadExactlyAsync(read.AsMemory(0, 100), TestContext.Current.CancellationToken);

        ValueTask reading = download.ReadExactlyAsync(read.AsMemory(100), TestContext.Current.CancellationToken);
        patience.Advance(s_attempt * 2);
        await reading;

        Assert.Equal(Content, read);
        Assert.Equal(["", "bytes=100-"], server.Requests.Select(static request => request.Header("Range") ?? ""));
    }

    private static readonly TimeSpan s_attempt = new DeveloperApiOptions().AttemptTimeout;

    private static Task<Stream> OpenAsync(StubServer server, FakeClock patience)
    {
        var options = new DeveloperApiOptions { ApiKey = StubServer.ApiKey };
        var transport = new ApiTransport(SharedConnections.Client, server.Endpoint, DeveloperApiSettings.From(options, static _ => null).Credentials, options, server.Clock, NullLogger.Instance);
        return new ResumingDownloadStream(transport, new ApiCall("Downloading", "files.download", HttpMethod.Get, new Uri(server.Endpoint, "v1beta/files/x:download?alt=media")), "files/x", options) { Patience = patience }
            .OpenAsync(TestContext.Current.CancellationToken);
    }

    public enum Resuming
    {
        ByRange,
        FromTheStart,
        RefusesRanges,
        AtTheWrongByte,
    }

    private static async Task SendAsync(StubRequest request, HttpContext context, Resuming resuming, int? breakAt)
    {
        int start = 0;
        if (request.Header("Range") is { } range && resuming != Resuming.FromTheStart)
        {
            start = int.Parse(range.AsSpan(6, range.Length - 7), CultureInfo.InvariantCulture);
            if (resuming == Resuming.RefusesRanges)
            {
                context.Response.StatusCode = 416;
                return;
            }

            start = resuming == Resuming.AtTheWrongByte ? 0 : start;
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes {start}-{Content.Length - 1}/{Content.Length}";
        }

        context.Response.ContentLength = Content.Length - start;
        int end = breakAt is { } at && at > start ? at : breakAt is null ? Content.Length : start;
        await context.Response.Body.WriteAsync(Content.AsMemory(start, end - start));
        await context.Response.Body.FlushAsync();
        if (breakAt is not null)
        {
            context.Abort();
        }
    }
}
