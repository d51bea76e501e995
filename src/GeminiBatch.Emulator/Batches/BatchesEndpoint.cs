using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Create, get, list, cancel and delete of jobs (protocol: 1.2 rows 4 to 9).</summary>
internal sealed class BatchesEndpoint(BatchStore batches, BatchCreation creation, WebhookDispatcher webhooks, FaultPlan faults, TimeProvider clock)
{
    public async Task<ApiReply> CreateAsync(ApiCall call, string model, bool embeddings)
    {
        var body = await call.ReadBodyAsync();
        var batch = body.Find("batch");
        await call.EnterAsync(embeddings ? EmulatedOperation.CreateEmbeddingBatch : EmulatedOperation.CreateBatch, batch.FindText("displayName") ?? "");
        var created = await creation.CreateAsync(call, model, embeddings, body);
        webhooks.Watch(created);
        return ApiReply.Ok(BatchResource.Full(created, BatchState.Pending, null, null));
    }

    public async Task<ApiReply> GetAsync(ApiCall call, string id)
    {
        var batch = batches.Find(call.Owner, id);
        await call.EnterAsync(EmulatedOperation.GetBatch, batch?.DisplayName ?? id);
        batch = batches.Get(call.Owner, id);
        var state = batch.StateAt(clock.GetUtcNow());
        if (state != BatchState.Succeeded)
        {
            return ApiReply.Ok(BatchResource.Full(batch, state, null, null));
        }

        if (await batches.ResultInTimeAsync(batch) is not { } result)
        {
            return ApiReply.Ok(BatchResource.Full(batch, BatchState.Running, null, null));
        }

        if (faults.StrikesOn(EmulatedFaultKind.WithholdOutput, EmulatedOperation.GetBatch, batch.DisplayName))
        {
            return ApiReply.Ok(BatchResource.Full(batch, state, null, null));
        }

        var output = batch.IsInline
            ? new JsonObject { ["inlinedResponses"] = new JsonObject { ["inlinedResponses"] = ReadInline(batch) } }
            : new JsonObject { ["responsesFile"] = "files/" + batch.ResultId };
        return ApiReply.Ok(BatchResource.Full(batch, state, result, output));
    }

    public async Task<ApiReply> ListAsync(ApiCall call)
    {
        await call.EnterAsync(EmulatedOperation.ListBatches, "");
        var now = clock.GetUtcNow();
        IEnumerable<StoredBatch> listed = batches.List(call.Owner);
        if (call.Fault(EmulatedFaultKind.StaleList) is { } stale)
        {
            listed = listed.Where(batch => batch.CreateTime <= now - stale.Delay);
        }

        return Page.Of(call, "operations", [.. listed], batch => batch.Name, batch => BatchResource.Listed(batch, batch.StateAt(now)), defaultSize: 50, maxSize: 100);
    }

    /// <summary>Changes a job's priority, and answers with the job itself, not with its operation (protocol: 1.2, row 10).</summary>
    public async Task<ApiReply> UpdateAsync(ApiCall call, string id, bool embeddings)
    {
        var body = await call.ReadBodyAsync();
        await call.EnterAsync(EmulatedOperation.UpdateBatch, batches.Find(call.Owner, id)?.DisplayName ?? id);
        var batch = batches.Get(call.Owner, id);
        if (batch.Embeddings != embeddings)
        {
            throw ApiException.NotFound();
        }

        InlineCheck.Check(body, embeddings ? "EmbeddingsBatch" : "Batch");
        if (call.Query("updateMask") is { Length: > 0 } mask && mask != "priority")
        {
            throw ApiException.InvalidArgument($"Invalid update mask: '{mask}'. Only priority can be changed.");
        }

        batch = batches.SetPriority(batch, body.FindInteger("priority") ?? 0);
        return ApiReply.Ok(BatchResource.Itself(batch, batch.StateAt(clock.GetUtcNow())));
    }

    public async Task<ApiReply> CancelAsync(ApiCall call, string id)
    {
        await call.EnterAsync(EmulatedOperation.CancelBatch, batches.Find(call.Owner, id)?.DisplayName ?? id);
        batches.Cancel(batches.Get(call.Owner, id));
        return ApiReply.Empty;
    }

    public async Task<ApiReply> DeleteAsync(ApiCall call, string id)
    {
        await call.EnterAsync(EmulatedOperation.DeleteBatch, batches.Find(call.Owner, id)?.DisplayName ?? id);
        batches.Delete(batches.Get(call.Owner, id));
        return ApiReply.Empty;
    }

    private JsonArray ReadInline(StoredBatch batch)
    {
        var responses = new JsonArray();
        using var lines = new LineScanner(batches.ResultPath(batch));
        while (lines.MoveNext())
        {
            responses.Add(JsonNode.Parse(lines.Line.Span));
        }

        return responses;
    }
}
