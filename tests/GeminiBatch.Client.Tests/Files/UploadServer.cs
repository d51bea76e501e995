using System.Globalization;
using GeminiBatch.Client.Tests.Wire;
using Microsoft.AspNetCore.Http;

namespace GeminiBatch.Client.Tests.Files;

/// <summary>The resumable upload of protocol 1.6, with a hook that may spoil any exchange. Keeps the bytes that it acknowledged.</summary>
internal sealed class UploadServer
{
    private readonly List<byte> _stored = [];

    /// <summary>Called for each request before it is handled; true when it answered itself. The number counts requests of that command from 1.</summary>
    public Func<string, int, HttpContext, StubRequest, UploadServer, Task<bool>> Spoil { get; init; } = (_, _, _, _, _) => Task.FromResult(false);

    public string SessionHost { get; init; } = "http://upload.example.test:81";

    public byte[] Stored => [.. _stored];

    public bool IsFinal { get; private set; }

    private readonly Dictionary<string, int> _counts = [];

    public Task<StubServer> StartAsync() => StubServer.StartAsync(HandleAsync);

    public void Keep(byte[] bytes, int count) => _stored.AddRange(bytes.AsSpan(0, count));

    public void Finish() => IsFinal = true;

    private async Task HandleAsync(StubRequest request, HttpContext context)
    {
        string command = request.Header("X-Goog-Upload-Command") ?? request.Method;
        int count = _counts[command] = _counts.GetValueOrDefault(command) + 1;
        if (await Spoil(command, count, context, request, this))
        {
            return;
        }

        HttpResponse response = context.Response;
        switch (command)
        {
            case "start":
                response.Headers["X-Goog-Upload-URL"] = $"{SessionHost}/upload/v1beta/files?upload_id=abc&upload_protocol=resumable";
                response.Headers["X-Goog-Upload-Status"] = "active";
                response.Headers["X-Goog-Upload-Chunk-Granularity"] = "262144";
                break;
            case "query":
                response.Headers["X-Goog-Upload-Status"] = IsFinal ? "final" : "active";
                response.Headers["X-Goog-Upload-Size-Received"] = _stored.Count.ToString(CultureInfo.InvariantCulture);
                break;
            case "upload" or "upload, finalize":
                Assert.Equal(_stored.Count.ToString(CultureInfo.InvariantCulture), request.Header("X-Goog-Upload-Offset"));
                _stored.AddRange(request.Body);
                IsFinal = command == "upload, finalize";
                response.Headers["X-Goog-Upload-Status"] = IsFinal ? "final" : "active";
                if (IsFinal)
                {
                    await response.WriteAsync("{\"file\":" + FileJson() + "}");
                }

                break;
            default:
                await response.WriteAsync(FileJson());
                break;
        }
    }

    private string FileJson() => $$"""{"name":"files/chosen","sizeBytes":"{{_stored.Count}}","state":"ACTIVE","uri":"https://x/v1beta/files/chosen","source":"UPLOADED"}""";
}
