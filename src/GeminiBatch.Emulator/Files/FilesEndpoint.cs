namespace GeminiBatch.Emulator;

/// <summary>GET, list, DELETE and download of files (protocol: 1.2 rows 12, 14, 15). Result files come from their jobs.</summary>
internal sealed class FilesEndpoint(FileStore files, BatchStore batches, Uri endpoint)
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
