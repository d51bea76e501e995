using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace GeminiBatch.Emulator;

/// <summary>POST and PUT below /upload/storage/v1: simple, multipart and resumable uploads (protocol: 4). Bytes stream to disk.</summary>
internal sealed class ObjectUploadEndpoint
{
    private const int GranuleBytes = 256 * 1024;
    private const string DefaultType = "application/octet-stream";

    private readonly StateFolder state;
    private readonly BlobStore blobs;
    private readonly ObjectStore store;
    private readonly TimeProvider clock;
    private readonly Uri endpoint;
    private readonly OpenUploads<ObjectUpload> uploads;

    public ObjectUploadEndpoint(StateFolder state, BlobStore blobs, ObjectStore store, TimeProvider clock, Uri endpoint)
    {
        this.state = state;
        this.blobs = blobs;
        this.store = store;
        this.clock = clock;
        this.endpoint = endpoint;
        uploads = new OpenUploads<ObjectUpload>(
            state,
            blobs,
            "object-",
            static upload => (upload.Id, upload.ToState(), upload.StartTime + ObjectUpload.Lifetime),
            ObjectUpload.FromState);
    }

    public Task<ApiReply> HandleAsync(ApiCall call, string bucket) => (call.Request.Method, call.Query("uploadType"), call.Query("upload_id")) switch
    {
        ("PUT" or "POST", _, { } id) => ContinueAsync(call, id),
        ("DELETE", _, { } id) => CancelAsync(call, id),
        ("POST", "resumable", _) => StartAsync(call, bucket),
        ("POST", "media", _) => StoreAsync(call, bucket),
        ("POST", "multipart", _) => StorePartsAsync(call, bucket),
        _ => throw StorageException.Invalid("uploadType must be one of media, multipart and resumable."),
    };

    private async Task<ApiReply> StoreAsync(ApiCall call, string bucket)
    {
        var name = call.Query("name") ?? "";
        await call.EnterAsync(EmulatedOperation.UploadObject, name);
        return await TakeAsync(call, bucket, name, null, call.Request.ContentType ?? DefaultType, call.Request.Body);
    }

    private async Task<ApiReply> StorePartsAsync(ApiCall call, string bucket)
    {
        if (!MediaTypeHeaderValue.TryParse(call.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
        {
            throw StorageException.Invalid("A multipart upload needs Content-Type: multipart/related with a boundary.");
        }

        var parts = new MultipartReader(boundary, call.Request.Body);
        var first = await parts.ReadNextSectionAsync(call.Aborted) ?? throw StorageException.Invalid("The multipart body has no parts.");
        using var text = new MemoryStream();
        await first.Body.CopyToAsync(text, call.Aborted);
        var metadata = ProtoJson.TryParse(text.ToArray(), out var node) && node is JsonObject members ? members : throw StorageException.Invalid("The first part is not a JSON object.");
        var name = call.Query("name") ?? metadata.FindText("name") ?? "";
        await call.EnterAsync(EmulatedOperation.UploadObject, name);
        var content = await parts.ReadNextSectionAsync(call.Aborted) ?? throw StorageException.Invalid("The multipart body has no second part.");
        return await TakeAsync(call, bucket, name, metadata, metadata.FindText("contentType") ?? content.ContentType ?? DefaultType, content.Body);
    }

    private async Task<ApiReply> TakeAsync(ApiCall call, string bucket, string name, JsonObject? metadata, string contentType, Stream body)
    {
        var expected = ObjectsEndpoint.ExpectedGeneration(call);
        CheckTarget(bucket, name, expected);
        var blob = BlobStore.MakeName();
        blobs.Pin(blob);
        try
        {
            using var content = new GrowingBlob(state, blobs.PathOf(blob));
            await content.AppendAsync(body, 0, long.MaxValue, long.MaxValue, call.Aborted);
            var digest = await content.FinishAsync(call.Aborted);
            CheckHash(HashOf(call, metadata), digest);
            return ApiReply.Ok(store.Put(bucket, name, contentType, blob, digest, metadata.Find("metadata") as JsonObject, expected).ToResource(endpoint));
        }
        finally
        {
            blobs.Unpin(blob);
        }
    }

    private async Task<ApiReply> StartAsync(ApiCall call, string bucket)
    {
        var metadata = await call.ReadBodyAsync() as JsonObject;
        var name = call.Query("name") ?? metadata.FindText("name") ?? "";
        await call.EnterAsync(EmulatedOperation.StartUpload, name);
        var expected = ObjectsEndpoint.ExpectedGeneration(call);
        CheckTarget(bucket, name, expected);
        var now = clock.GetUtcNow();
        uploads.RemoveExpired(now);
        var upload = new ObjectUpload(
            BlobStore.MakeName(),
            bucket,
            name,
            call.Header("X-Upload-Content-Type") ?? metadata.FindText("contentType") ?? DefaultType,
            metadata.Find("metadata") as JsonObject,
            long.TryParse(call.Header("X-Upload-Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null,
            expected,
            HashOf(call, metadata),
            now);
        uploads.Add(upload);
        return new ApiReply(200)
        {
            Headers =
            [
                ("Location", $"{endpoint}upload/storage/v1/b/{bucket}/o?uploadType=resumable&name={Uri.EscapeDataString(name)}&upload_id={upload.Id}"),
                ("X-GUploader-UploadID", upload.Id),
            ],
        };
    }

    private async Task<ApiReply> ContinueAsync(ApiCall call, string id)
    {
        uploads.RemoveExpired(clock.GetUtcNow());
        if (!uploads.TryGet(id, out var open))
        {
            // A finished upload is known by its object alone.
            return store.FindByBlob(id) is { } earlier ? ApiReply.Ok(earlier.ToResource(endpoint)) : throw StorageException.NoUpload();
        }

        var (upload, content) = open;
        var range = ContentRange.Read(call.Header("Content-Range"));
        await call.EnterAsync(range.OnlyAsks && call.Request.ContentLength is null or 0 ? EmulatedOperation.QueryUpload : EmulatedOperation.UploadChunk, upload.Name);
        await content.Turn.WaitAsync(call.Aborted);
        try
        {
            return uploads.TryGet(id, out _) ? await ReceiveAsync(call, upload, content, range)
                : store.FindByBlob(id) is { } finished ? ApiReply.Ok(finished.ToResource(endpoint))
                : throw StorageException.NoUpload();
        }
        finally
        {
            content.Turn.Release();
        }
    }

    private async Task<ApiReply> ReceiveAsync(ApiCall call, ObjectUpload upload, GrowingBlob content, ContentRange range)
    {
        var total = range.Total ?? upload.AnnouncedSize;
        if (range.Start is { } start)
        {
            if (start > content.Length)
            {
                throw StorageException.Make(503, "backendError", $"Invalid request. According to the Content-Range header, the upload offset is {start} byte(s), which exceeds already uploaded size of {content.Length} byte(s).");
            }

            if (range is { End: { } end, Total: null } && (end + 1 - start) % GranuleBytes != 0)
            {
                throw StorageException.Invalid($"Invalid request. The number of bytes uploaded is required to be equal or greater than {GranuleBytes}, except for the final request, and a multiple of it.");
            }

            var broken = call.Fault(EmulatedFaultKind.BreakTransfer);
            try
            {
                await content.AppendAsync(call.Request.Body, content.Length - start, broken?.KeptBytes ?? long.MaxValue, total ?? long.MaxValue, call.Aborted);
            }
            finally
            {
                if (total is null ? range.End is not null : content.Length < total)
                {
                    // What is kept of an unfinished upload are whole granules.
                    content.Truncate(content.Length / GranuleBytes * GranuleBytes);
                }
            }

            if (broken is not null)
            {
                throw new RefusedByFaultException(FaultReply.For(broken));
            }
        }

        var isWhole = total is { } announced ? content.Length == announced : range is { OnlyAsks: false, End: null };
        return isWhole ? await FinishAsync(call, upload, content) : Incomplete(content.Length);
    }

    private async Task<ApiReply> FinishAsync(ApiCall call, ObjectUpload upload, GrowingBlob content)
    {
        var digest = await content.FinishAsync(call.Aborted);
        try
        {
            CheckHash(upload.AnnouncedHash ?? call.Header("X-Goog-Hash"), digest);
            return ApiReply.Ok(store.Put(upload.Bucket, upload.Name, upload.ContentType, upload.Id, digest, upload.Metadata, upload.ExpectedGeneration).ToResource(endpoint));
        }
        finally
        {
            uploads.Remove(upload.Id);
        }
    }

    private async Task<ApiReply> CancelAsync(ApiCall call, string id)
    {
        await call.EnterAsync(EmulatedOperation.Other, "");
        uploads.Remove(id);
        return new ApiReply(499);
    }

    private static ApiReply Incomplete(long received) => new(308)
    {
        Headers = received > 0 ? [("Range", string.Create(CultureInfo.InvariantCulture, $"bytes=0-{received - 1}"))] : [],
    };

    private void CheckTarget(string bucket, string name, long? expected)
    {
        BucketsEndpoint.RefuseDenied(bucket, "storage.objects.create");
        store.Bucket(bucket);
        if (name.Length == 0)
        {
            throw StorageException.Required("Required object name");
        }

        if (Encoding.UTF8.GetByteCount(name) > 1024 || name is "." or ".." || name.AsSpan().IndexOfAny('\r', '\n') >= 0)
        {
            throw StorageException.Invalid("Invalid object name: a name is 1 to 1024 bytes of UTF-8 without line breaks, and neither . nor ..");
        }

        ObjectStore.Expect(store.Find(bucket, name), expected);
    }

    private static string? HashOf(ApiCall call, JsonObject? metadata) => call.Header("X-Goog-Hash")
        ?? (metadata.FindText("crc32c") is { } crc ? "crc32c=" + crc : metadata.FindText("md5Hash") is { } md5 ? "md5=" + md5 : null);

    private static void CheckHash(string? announced, ContentDigest digest)
    {
        foreach (var entry in (announced ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (expected, name) = entry.StartsWith("crc32c=", StringComparison.Ordinal) ? (digest.Crc32C, "CRC32C") : entry.StartsWith("md5=", StringComparison.Ordinal) ? (digest.Md5, "MD5") : (null, "");
            var value = entry[(entry.IndexOf('=', StringComparison.Ordinal) + 1)..];
            if (expected is not null && expected != value)
            {
                throw StorageException.Invalid($"Provided {name} \"{value}\" doesn't match calculated {name} \"{expected}\".");
            }
        }
    }
}
