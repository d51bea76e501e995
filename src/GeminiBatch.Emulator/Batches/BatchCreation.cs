using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Checks a create call in Google's order and words, and makes the job (protocol: 1.3, 2.4).</summary>
internal sealed class BatchCreation(BlobStore blobs, FileStore files, BatchStore batches, ModelCatalogue catalogue, GeminiEmulatorOptions options, TimeProvider clock)
{
    private const int MaxInlineBytes = 20_000_000;

    public async Task<StoredBatch> CreateAsync(ApiCall call, string model, bool embeddings, JsonNode? body)
    {
        var now = clock.GetUtcNow();
        var method = embeddings ? "asyncBatchEmbedContent" : "batchGenerateContent";
        var serving = catalogue.Serving(model, method, DateOnly.FromDateTime(now.UtcDateTime)) ?? throw ApiException.NoModel("models/" + model, method);
        InlineCheck.Check(body, embeddings ? "CreateEmbeddingsRequest" : "CreateRequest");
        var batch = body.Find("batch") ?? throw ApiException.InvalidArgument("* BatchGenerateContentRequest.batch: batch is not specified");
        var input = batch.Find("inputConfig") ?? throw ApiException.InvalidArgument("* BatchGenerateContentRequest.batch.input_config: input_config is not specified");
        var inline = input.Find("requests");
        var stored = inline is null ? FindFile(call.Owner, input.FindText("fileName")) : null;
        if (stored?.Source is { } source)
        {
            throw ApiException.InvalidArgument($"* BatchGenerateContentRequest.batch.input_config.file_name: {stored.Name} is registered from {source}, and the emulator takes jobs from uploaded files only");
        }

        var (blob, sha256) = stored is null ? StoreInline(call, inline!) : (stored.Blob, stored.Sha256);
        blobs.Pin(blob);
        try
        {
            var keys = await Task.Run(() => RowFile.Check(blobs.PathOf(blob), embeddings), call.Aborted);
            return batches.Create(Describe(call, batch, model, serving.Id, embeddings, stored?.Name, blob, sha256, keys.Count, now), keys);
        }
        finally
        {
            blobs.Unpin(blob);
        }
    }

    private StoredBatch Describe(ApiCall call, JsonNode batch, string model, string servingModel, bool embeddings, string? file, string blob, string sha256, int rows, DateTimeOffset now)
    {
        var running = now + options.PendingTime;
        var end = running + options.RunningTime;
        var expires = end - now >= StoredBatch.Expiry || call.Fault(EmulatedFaultKind.ExpireJob) is not null;
        var failing = call.Fault(EmulatedFaultKind.FailRows);
        return new StoredBatch
        {
            Id = "",
            Owner = call.Owner,
            Model = model,
            ServingModel = servingModel,
            DisplayName = batch.FindText("displayName") ?? "",
            InputFile = file,
            InputBlob = blob,
            InputSha256 = sha256,
            Embeddings = embeddings,
            RequestCount = rows,
            Priority = batch.FindInteger("priority") ?? 0,
            WebhookUris = [.. batch.Find("webhookConfig").Find("uris").Items().Select(uri => uri.GetValue<string>())],
            WebhookMetadata = batch.Find("webhookConfig").Find("userMetadata")?.ToJsonString(),
            CreateTime = now,
            RunTime = call.Fault(EmulatedFaultKind.ExpireJob) is null ? running : now + StoredBatch.Expiry,
            EndTime = expires ? now + StoredBatch.Expiry : end,
            Outcome = expires ? BatchState.Expired : call.Fault(EmulatedFaultKind.FailJob) is not null ? BatchState.Failed : BatchState.Succeeded,
            DroppedRows = call.Fault(EmulatedFaultKind.DropRows)?.Rows ?? 0,
            DuplicatedRows = call.Fault(EmulatedFaultKind.DuplicateRows)?.Rows ?? 0,
            FailedRows = failing?.Rows ?? 0,
            FailedRowCode = failing is { Status: > 0 and <= 16 } ? failing.Status : 13,
        };
    }

    private StoredFile FindFile(string owner, string? name) => string.IsNullOrEmpty(name)
        ? throw ApiException.InvalidArgument("* BatchGenerateContentRequest.batch.input_config: one of file_name and requests must be specified")
        : files.Get(owner, name.StartsWith("files/", StringComparison.Ordinal) ? name[6..] : name);

    private (string Blob, string Sha256) StoreInline(ApiCall call, JsonNode inline)
    {
        if (call.Request.ContentLength > MaxInlineBytes)
        {
            throw ApiException.InvalidArgument("Request payload size exceeds the limit: 20971520 bytes.");
        }

        using var lines = new MemoryStream();
        foreach (var request in inline.Find("requests").Items())
        {
            lines.Write([.. ProtoJson.ToCompactUtf8(request), (byte)'\n']);
        }

        if (lines.Length == 0)
        {
            throw ApiException.InvalidArgument("* BatchGenerateContentRequest.batch.input_config.requests: requests is empty");
        }

        var content = lines.ToArray();
        return (blobs.Write(content), Convert.ToHexStringLower(SHA256.HashData(content)));
    }
}
