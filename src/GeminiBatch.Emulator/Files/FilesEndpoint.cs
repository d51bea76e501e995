using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>GET, list, DELETE and download of files (protocol: 1.2 rows 12, 14, 15). Result files come from their jobs.</summary>
internal sealed class FilesEndpoint(FileStore files, ObjectStore objects, BatchStore batches, TimeProvider clock, Uri endpoint)
{
    public async Task<ApiReply> ListAsync(ApiCall call)
    {
        await call.EnterAsync(EmulatedOperation.ListFiles, "");
        return Page.Of(call, "files", files.List(call.Owner), file => file.Name, file => file.ToResource(endpoint, isProcessing: files.IsProcessing(file)), defaultSize: 10, maxSize: 100);
    }

    public async Task<ApiReply> GetAsync(ApiCall call, string id)
    {
        var result = batches.FindByResult(call.Owner, id);
        await call.EnterAsync(EmulatedOperation.GetFile, result?.DisplayName ?? id);
        if (result is null)
        {
            var file = files.Get(call.Owner, id);
            return ApiReply.Ok(file.ToResource(endpoint, isProcessing: files.IsProcessing(file)));
        }

        return ApiReply.Ok((await batches.ResultFileAsync(result)).ToResource(endpoint, downloadable: true));
    }

    /// <summary>Makes objects of a bucket files, which stay where they are. Wants a token: a key may read nobody's bucket (protocol: 1.2, row 13).</summary>
    public async Task<ApiReply> RegisterAsync(ApiCall call)
    {
        var body = await call.ReadBodyAsync();
        await call.EnterAsync(EmulatedOperation.RegisterFiles, "");
        if (call.Header("Authorization") is null)
        {
            throw new ApiException(401, "UNAUTHENTICATED", "API keys are not supported by this API. Expected OAuth2 access token or other authentication credentials that assert a principal. See https://cloud.google.com/docs/authentication");
        }

        InlineCheck.Check(body, "RegisterFilesRequest");
        var registered = body.Find("uris").Items().Select(uri => Register(call.Owner, uri.GetValue<string>())).ToList();
        return registered.Count == 0
            ? throw ApiException.InvalidArgument("* RegisterFilesRequest.uris: uris is empty")
            : ApiReply.Ok(new JsonObject { ["files"] = new JsonArray([.. registered.Select(file => file.ToResource(endpoint, isProcessing: files.IsProcessing(file)))]) });
    }

    private StoredFile Register(string owner, string uri)
    {
        if (GcsUri.TryParse(uri) is not { } place)
        {
            throw ApiException.InvalidArgument($"Invalid GCS URI: {uri}");
        }

        var stored = objects.Find(place.Bucket, place.Name) ?? throw new ApiException(403, "PERMISSION_DENIED", $"The caller does not have permission to read {uri}, or it does not exist.");
        var file = new StoredFile(files.MakeId(), owner, "", place.Name, stored.ContentType, stored.Digest.Size, stored.Digest.Sha256, clock.GetUtcNow(), uri);
        files.Add(file);
        return file;
    }

    public async Task<ApiReply> DeleteAsync(ApiCall call, string id)
    {
        var result = batches.FindByResult(call.Owner, id);
        await call.EnterAsync(EmulatedOperation.DeleteFile, result?.DisplayName ?? id);
        if (result is null)
        {
            files.Delete(files.Get(call.Owner, id));
        }
        else
        {
            await batches.ResultFileAsync(result);
            batches.DeleteResult(result);
        }

        return ApiReply.Empty;
    }

    public async Task<ApiReply> DownloadAsync(ApiCall call, string id)
    {
        var result = batches.FindByResult(call.Owner, id);
        await call.EnterAsync(EmulatedOperation.DownloadFile, result?.DisplayName ?? id);
        if (result is null)
        {
            files.Get(call.Owner, id);
            throw ApiException.InvalidArgument("Only generated files can be downloaded; uploaded files cannot.");
        }

        await batches.ResultFileAsync(result);
        return new ApiReply(200) { ContentPath = batches.ResultPath(result), ContentType = "application/jsonl" };
    }
}
