using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>POST upload/v1beta/files: the resumable protocol (protocol: 1.6). Bytes stream to disk; memory does not grow with the file.</summary>
internal sealed class UploadEndpoint
{
    private const string Granularity = "262144";

    private readonly StateFolder state;
    private readonly FileStore files;
    private readonly TimeProvider clock;
    private readonly Uri endpoint;
    private readonly long maxFileBytes;
    private readonly ConcurrentDictionary<string, UploadSession> sessions = new(StringComparer.Ordinal);

    public UploadEndpoint(StateFolder state, FileStore files, GeminiEmulatorOptions options, Uri endpoint)
    {
        this.state = state;
        this.files = files;
        clock = options.TimeProvider;
        maxFileBytes = options.MaxFileBytes;
        this.endpoint = endpoint;
        foreach (var path in Directory.EnumerateFiles(state.Uploads, "*.json"))
        {
            var session = UploadSession.FromState(JsonNode.Parse(File.ReadAllBytes(path))!);
            sessions[session.Id] = session;
        }
    }

    public bool Owns(string blob) => sessions.ContainsKey(blob);

    public async Task<ApiReply> HandleAsync(ApiCall call)
    {
        if (call.Query("upload_id") is { } uploadId)
        {
            return await ContinueAsync(call, uploadId);
        }

        call.Authenticate();
        return await StartAsync(call);
    }

    private async Task<ApiReply> StartAsync(ApiCall call)
    {
        if (!string.Equals(call.Header("X-Goog-Upload-Protocol"), "resumable", StringComparison.OrdinalIgnoreCase)
            || !string.Equals(call.Header("X-Goog-Upload-Command"), "start", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiException.InvalidArgument("Unsupported upload: send X-Goog-Upload-Protocol: resumable and X-Goog-Upload-Command: start.");
        }

        var file = (await call.ReadBodyAsync()).Find("file");
        var name = file.FindText("name");
        var displayName = file.FindText("displayName");
        var fileId = name is null or "" ? null : FileName.Read(name);
        await call.EnterAsync(EmulatedOperation.StartUpload, fileId ?? displayName ?? "");
        if (displayName?.Length > 512)
        {
            throw ApiException.InvalidArgument("* CreateFileRequest.file.display_name: display name must not exceed 512 characters.");
        }

        var mimeType = call.Header("X-Goog-Upload-Header-Content-Type") ?? file.FindText("mimeType") ?? "application/octet-stream";
        if (!mimeType.Contains('/', StringComparison.Ordinal))
        {
            throw ApiException.InvalidArgument($"Unsupported MIME type: {mimeType}");
        }

        var size = long.TryParse(call.Header("X-Goog-Upload-Header-Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var announced) ? announced : file.FindInteger("sizeBytes");
        if (size > maxFileBytes)
        {
            throw ApiException.InvalidArgument($"File size {size} exceeds the limit of {maxFileBytes} bytes.");
        }

        if (fileId is not null && files.IsTaken(fileId))
        {
            throw new ApiException(409, "ALREADY_EXISTS", $"File files/{fileId} already exists.");
        }

        var session = new UploadSession(Guid.NewGuid().ToString("N"), call.Owner, fileId, displayName, mimeType, size);
        state.Replace(SessionPath(session.Id), ProtoJson.ToCompactUtf8(session.ToState()));
        sessions[session.Id] = session;
        return new ApiReply(200)
        {
            Headers =
            [
                ("X-Goog-Upload-Status", "active"),
                ("X-Goog-Upload-URL", $"{endpoint}upload/v1beta/files?upload_id={session.Id}&upload_protocol=resumable"),
                ("X-Goog-Upload-Chunk-Granularity", Granularity),
            ],
        };
    }

    private async Task<ApiReply> ContinueAsync(ApiCall call, string uploadId)
    {
        var commands = (call.Header("X-Goog-Upload-Command") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (!sessions.TryGetValue(uploadId, out var session))
        {
            // After a restart a finished upload is known by its file alone.
            return files.FindByBlob(uploadId) is { } earlier ? Final(earlier) : throw ApiException.NotFound();
        }

        var asks = commands.Contains("query", StringComparer.OrdinalIgnoreCase);
        await call.EnterAsync(asks ? EmulatedOperation.QueryUpload : EmulatedOperation.UploadChunk, session.LogicalName);
        await session.Turn.WaitAsync(call.Aborted);
        try
        {
            if (files.FindByBlob(session.Id) is { } finished)
            {
                return Final(finished);
            }

            if (asks)
            {
                return Active(Received(session));
            }

            if (commands.Contains("cancel", StringComparer.OrdinalIgnoreCase))
            {
                End(session);
                return new ApiReply(200) { Headers = [("X-Goog-Upload-Status", "cancelled")] };
            }

            return await ReceiveAsync(call, session, commands);
        }
        finally
        {
            session.Turn.Release();
        }
    }

    private async Task<ApiReply> ReceiveAsync(ApiCall call, UploadSession session, string[] commands)
    {
        var received = Received(session);
        if (commands.Contains("upload", StringComparer.OrdinalIgnoreCase))
        {
            if (!long.TryParse(call.Header("X-Goog-Upload-Offset"), NumberStyles.None, CultureInfo.InvariantCulture, out var offset) || offset != received)
            {
                return Refused(received, $"Invalid upload offset: expected {received}.");
            }

            var broken = call.Fault(EmulatedFaultKind.BreakTransfer);
            received = await AppendAsync(call, session, broken?.KeptBytes ?? long.MaxValue);
            if (broken is not null)
            {
                // No upload status: that, not the HTTP code, is what makes SDKs try again (protocol: 1.6).
                throw new RefusedByFaultException(FaultReply.For(broken));
            }
        }

        if (!commands.Contains("finalize", StringComparer.OrdinalIgnoreCase))
        {
            return Active(received);
        }

        if (session.AnnouncedSize is { } announced && announced != received)
        {
            return Refused(received, $"Upload has {received} bytes, but {announced} were announced.");
        }

        var hash = await session.HashAsync(BlobPath(session), call.Aborted);
        var file = new StoredFile(session.FileId ?? files.MakeId(), session.Owner, session.Id, session.DisplayName, session.MimeType, received, Convert.ToHexStringLower(hash.GetCurrentHash()), clock.GetUtcNow());
        files.Add(file);
        state.Delete(SessionPath(session.Id));
        return Final(file);
    }

    private async Task<long> AppendAsync(ApiCall call, UploadSession session, long keep)
    {
        var hash = await session.HashAsync(BlobPath(session), call.Aborted);
        await using var blob = new FileStream(BlobPath(session), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var received = blob.Length;
        var limit = Math.Min(maxFileBytes, session.AnnouncedSize ?? long.MaxValue);
        var buffer = new byte[128 * 1024];
        int count;
        while ((count = await call.Request.Body.ReadAsync(buffer, call.Aborted)) > 0)
        {
            count = (int)Math.Min(count, keep);
            if (received + count > limit)
            {
                throw ApiException.InvalidArgument($"Upload exceeds the {limit} bytes that are announced or allowed.");
            }

            state.Reserve(count);
            await blob.WriteAsync(buffer.AsMemory(0, count), CancellationToken.None);
            hash.AppendData(buffer, 0, count);
            received += count;
            keep -= count;
        }

        return received;
    }

    private ApiReply Final(StoredFile file) => new(200, new JsonObject { ["file"] = file.ToResource(endpoint) }) { Headers = [("X-Goog-Upload-Status", "final")] };

    private static ApiReply Active(long received) => new(200)
    {
        Headers = [("X-Goog-Upload-Status", "active"), ("X-Goog-Upload-Size-Received", received.ToString(CultureInfo.InvariantCulture)), ("X-Goog-Upload-Chunk-Granularity", Granularity)],
    };

    private static ApiReply Refused(long received, string message) =>
        ApiReply.From(ApiException.InvalidArgument(message)) with { Headers = Active(received).Headers };

    private void End(UploadSession session)
    {
        sessions.TryRemove(session.Id, out _);
        state.Delete(SessionPath(session.Id));
        state.Delete(BlobPath(session));
    }

    private long Received(UploadSession session) => new FileInfo(BlobPath(session)) is { Exists: true } blob ? blob.Length : 0;

    private string BlobPath(UploadSession session) => Path.Combine(state.Blobs, session.Id);

    private string SessionPath(string id) => Path.Combine(state.Uploads, id + ".json");
}
