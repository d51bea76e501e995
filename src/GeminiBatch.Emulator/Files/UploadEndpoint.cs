using System.Globalization;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>POST upload/v1beta/files: the resumable protocol (protocol: 1.6). Bytes stream to disk; memory does not grow with the file.</summary>
internal sealed class UploadEndpoint
{
    private const string Granularity = "262144";

    private readonly FileStore files;
    private readonly StoreCollection stores;
    private readonly TimeProvider clock;
    private readonly Uri endpoint;
    private readonly long maxFileBytes;
    private readonly OpenUploads<UploadSession> uploads;

    public UploadEndpoint(StateFolder state, BlobStore blobs, FileStore files, StoreCollection stores, GeminiEmulatorOptions options, TimeProvider clock, Uri endpoint)
    {
        this.stores = stores;
        this.files = files;
        this.clock = clock;
        maxFileBytes = options.MaxFileBytes;
        this.endpoint = endpoint;
        uploads = new OpenUploads<UploadSession>(
            state,
            blobs,
            "file-",
            static session => (session.Id, session.ToState(), session.StartTime + UploadSession.Lifetime),
            UploadSession.FromState);
    }

    /// <summary>Starts or continues an upload, to the Files API or straight into a store.</summary>
    public async Task<ApiReply> HandleAsync(ApiCall call, string? store = null)
    {
        if (call.Query("upload_id") is { } uploadId)
        {
            return await ContinueAsync(call, uploadId);
        }

        call.Authenticate();
        return await StartAsync(call, store);
    }

    private async Task<ApiReply> StartAsync(ApiCall call, string? store)
    {
        if (!string.Equals(call.Header("X-Goog-Upload-Protocol"), "resumable", StringComparison.OrdinalIgnoreCase)
            || !string.Equals(call.Header("X-Goog-Upload-Command"), "start", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiException.InvalidArgument("Unsupported upload: send X-Goog-Upload-Protocol: resumable and X-Goog-Upload-Command: start.");
        }

        var body = await call.ReadBodyAsync();
        var file = store is null ? body.Find("file") : body;
        if (store is not null)
        {
            stores.Get(call.Owner, store);
        }

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

        var now = clock.GetUtcNow();
        uploads.RemoveExpired(now);
        var session = new UploadSession(BlobStore.MakeName(), call.Owner, fileId, displayName, mimeType, size, now)
        {
            Store = store,
            DocumentSettings = store is null ? null : (JsonObject?)body?.DeepClone(),
        };
        uploads.Add(session);
        return new ApiReply(200)
        {
            Headers =
            [
                ("X-Goog-Upload-Status", "active"),
                ("X-Goog-Upload-URL", $"{endpoint}upload/v1beta/{(store is null ? "files" : $"fileSearchStores/{store}:uploadToFileSearchStore")}?upload_id={session.Id}&upload_protocol=resumable"),
                ("X-Goog-Upload-Chunk-Granularity", Granularity),
            ],
        };
    }

    private async Task<ApiReply> ContinueAsync(ApiCall call, string uploadId)
    {
        var commands = (call.Header("X-Goog-Upload-Command") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        uploads.RemoveExpired(clock.GetUtcNow());
        if (!uploads.TryGet(uploadId, out var upload))
        {
            return FindFinished(uploadId) ?? throw ApiException.NotFound();
        }

        var (session, content) = upload;
        var asks = commands.Contains("query", StringComparer.OrdinalIgnoreCase);
        await call.EnterAsync(asks ? EmulatedOperation.QueryUpload : EmulatedOperation.UploadChunk, session.LogicalName);
        await content.Turn.WaitAsync(call.Aborted);
        try
        {
            if (FindFinished(session.Id) is { } finished)
            {
                return finished;
            }

            if (!uploads.TryGet(uploadId, out _))
            {
                // Cancelled while this request waited for its turn.
                throw ApiException.NotFound();
            }

            if (asks)
            {
                return Active(content.Length);
            }

            if (commands.Contains("cancel", StringComparer.OrdinalIgnoreCase))
            {
                uploads.Remove(session.Id);
                return new ApiReply(200) { Headers = [("X-Goog-Upload-Status", "cancelled")] };
            }

            return await ReceiveOrRefuseAsync(call, session, content, commands);
        }
        finally
        {
            content.Turn.Release();
        }
    }

    // Clients go by the upload's status and would send a refused chunk again and again without one (protocol: 1.6, step 3).
    private async Task<ApiReply> ReceiveOrRefuseAsync(ApiCall call, UploadSession session, GrowingBlob content, string[] commands)
    {
        try
        {
            return await ReceiveAsync(call, session, content, commands);
        }
        catch (ApiException error)
        {
            return ApiReply.From(error) with { Headers = Active(content.Length).Headers };
        }
    }

    private async Task<ApiReply> ReceiveAsync(ApiCall call, UploadSession session, GrowingBlob content, string[] commands)
    {
        if (commands.Contains("upload", StringComparer.OrdinalIgnoreCase))
        {
            var received = content.Length;
            if (!long.TryParse(call.Header("X-Goog-Upload-Offset"), NumberStyles.None, CultureInfo.InvariantCulture, out var offset) || offset != received)
            {
                return Refused(received, $"Invalid upload offset: expected {received}.");
            }

            var broken = call.Fault(EmulatedFaultKind.BreakTransfer);
            var limit = Math.Min(maxFileBytes, session.AnnouncedSize ?? long.MaxValue);
            await content.AppendAsync(call.Request.Body, 0, broken?.KeptBytes ?? long.MaxValue, limit, call.Aborted);
            if (broken is not null)
            {
                // No upload status: that, not the HTTP code, is what makes SDKs try again (protocol: 1.6).
                throw new RefusedByFaultException(FaultReply.For(broken));
            }
        }

        if (!commands.Contains("finalize", StringComparer.OrdinalIgnoreCase))
        {
            return Active(content.Length);
        }

        if (session.AnnouncedSize is { } announced && announced != content.Length)
        {
            return Refused(content.Length, $"Upload has {content.Length} bytes, but {announced} were announced.");
        }

        if (session.Store is { } storeId)
        {
            return Import(session, stores.Get(session.Owner, storeId), content.Length);
        }

        var digest = await content.FinishAsync(call.Aborted);
        var file = new StoredFile(session.FileId ?? files.MakeId(), session.Owner, session.Id, session.DisplayName, session.MimeType, digest.Size, digest.Sha256, clock.GetUtcNow());
        files.Add(file);
        uploads.Remove(session.Id);
        return Final(file);
    }

    /// <summary>An upload into a store ends in an operation instead of a file (protocol: 1.8). The emulator searches nothing, so the bytes are not kept.</summary>
    private ApiReply Import(UploadSession session, StoredStore store, long size)
    {
        var document = stores.Add(store, session.DisplayName ?? session.Id, session.MimeType, size, session.DocumentSettings, session.Id);
        uploads.Remove(session.Id);
        return Final(store, document);
    }

    /// <summary>A finished upload is known by what it has become alone.</summary>
    private ApiReply? FindFinished(string uploadId) => files.FindByBlob(uploadId) is { } file ? Final(file)
        : stores.FindByUpload(uploadId) is var (store, document) ? Final(store, document)
        : null;

    private ApiReply Final(StoredStore store, StoreDocument document) =>
        new(200, document.ToOperation(store.Name, "upload/operations", clock.GetUtcNow())) { Headers = [("X-Goog-Upload-Status", "final")] };

    private ApiReply Final(StoredFile file) => new(200, new JsonObject { ["file"] = file.ToResource(endpoint, isProcessing: files.IsProcessing(file)) }) { Headers = [("X-Goog-Upload-Status", "final")] };

    private static ApiReply Active(long received) => new(200)
    {
        Headers = [("X-Goog-Upload-Status", "active"), ("X-Goog-Upload-Size-Received", received.ToString(CultureInfo.InvariantCulture)), ("X-Goog-Upload-Chunk-Granularity", Granularity)],
    };

    private static ApiReply Refused(long received, string message) =>
        ApiReply.From(ApiException.InvalidArgument(message)) with { Headers = Active(received).Headers };
}
