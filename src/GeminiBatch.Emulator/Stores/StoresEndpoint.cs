using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>File Search stores, their documents and the operations that fill them (protocol: 1.8).</summary>
internal sealed class StoresEndpoint(StoreCollection stores, FileStore files, TimeProvider clock)
{
    private const string DefaultModel = "models/gemini-embedding-001";

    /// <summary>Null where the path is not a store's. The path is what follows v1beta.</summary>
    public Task<ApiReply>? Route(ApiCall call, string[] path) => (call.Request.Method, path) switch
    {
        ("POST", ["fileSearchStores"]) => CreateAsync(call),
        ("GET", ["fileSearchStores"]) => ListAsync(call),
        ("POST", ["fileSearchStores", var name]) when name.EndsWith(":importFile", StringComparison.Ordinal) => ImportAsync(call, name[..^":importFile".Length]),
        ("GET", ["fileSearchStores", var id]) => GetAsync(call, id),
        ("DELETE", ["fileSearchStores", var id]) => DeleteAsync(call, id),
        ("GET", ["fileSearchStores", var id, "operations", var operation]) => GetOperationAsync(call, id, "operations", operation),
        ("GET", ["fileSearchStores", var id, "upload", "operations", var operation]) => GetOperationAsync(call, id, "upload/operations", operation),
        ("GET", ["fileSearchStores", var id, "documents"]) => ListDocumentsAsync(call, id),
        ("GET", ["fileSearchStores", var id, "documents", var document]) => GetDocumentAsync(call, id, document),
        ("DELETE", ["fileSearchStores", var id, "documents", var document]) => DeleteDocumentAsync(call, id, document),
        _ => null,
    };

    private async Task<ApiReply> CreateAsync(ApiCall call)
    {
        var body = await call.ReadBodyAsync() as JsonObject ?? [];
        var displayName = body.FindText("displayName") ?? "";
        await call.EnterAsync(EmulatedOperation.CreateStore, displayName);
        InlineCheck.Check(body, "FileSearchStore");
        return ApiReply.Ok(stores.Create(call.Owner, displayName, body.FindText("embeddingModel") ?? DefaultModel).ToResource(clock.GetUtcNow()));
    }

    private async Task<ApiReply> ListAsync(ApiCall call)
    {
        await call.EnterAsync(EmulatedOperation.ListStores, "");
        var now = clock.GetUtcNow();
        return Page.Of(call, "fileSearchStores", stores.List(call.Owner), store => store.Name, store => store.ToResource(now), defaultSize: 10, maxSize: 20);
    }

    private async Task<ApiReply> GetAsync(ApiCall call, string id)
    {
        await call.EnterAsync(EmulatedOperation.GetStore, stores.Find(call.Owner, id)?.DisplayName ?? id);
        return ApiReply.Ok(stores.Get(call.Owner, id).ToResource(clock.GetUtcNow()));
    }

    private async Task<ApiReply> DeleteAsync(ApiCall call, string id)
    {
        await call.EnterAsync(EmulatedOperation.DeleteStore, stores.Find(call.Owner, id)?.DisplayName ?? id);
        stores.Delete(stores.Get(call.Owner, id), IsForced(call));
        return ApiReply.Empty;
    }

    private async Task<ApiReply> ImportAsync(ApiCall call, string id)
    {
        var body = await call.ReadBodyAsync() as JsonObject ?? [];
        await call.EnterAsync(EmulatedOperation.ImportFile, stores.Find(call.Owner, id)?.DisplayName ?? id);
        InlineCheck.Check(body, "ImportFileRequest");
        var store = stores.Get(call.Owner, id);
        var name = body.FindText("fileName") ?? "";
        var file = files.Get(call.Owner, name.StartsWith("files/", StringComparison.Ordinal) ? name[6..] : name);
        // The file's id becomes the display name: so it was observed (protocol: gotcha 36).
        return ApiReply.Ok(stores.Add(store, file.Id, file.MimeType, file.Size, body).ToOperation(store.Name, "operations", clock.GetUtcNow()));
    }

    private async Task<ApiReply> GetOperationAsync(ApiCall call, string id, string collection, string operation)
    {
        await call.EnterAsync(EmulatedOperation.GetOperation, stores.Find(call.Owner, id)?.DisplayName ?? id);
        var store = stores.Get(call.Owner, id);
        return store.Documents.Find(document => document.OperationId == operation) is { } document
            ? ApiReply.Ok(document.ToOperation(store.Name, collection, clock.GetUtcNow()))
            : throw ApiException.NotFound();
    }

    private async Task<ApiReply> ListDocumentsAsync(ApiCall call, string id)
    {
        await call.EnterAsync(EmulatedOperation.ListDocuments, stores.Find(call.Owner, id)?.DisplayName ?? id);
        var store = stores.Get(call.Owner, id);
        var now = clock.GetUtcNow();
        return Page.Of(call, "documents", store.Documents, document => document.Id, document => document.ToResource(store.Name, now), defaultSize: 10, maxSize: 20);
    }

    private async Task<ApiReply> GetDocumentAsync(ApiCall call, string id, string document)
    {
        var (store, found) = await FindDocumentAsync(call, id, document);
        return ApiReply.Ok(found.ToResource(store.Name, clock.GetUtcNow()));
    }

    private async Task<ApiReply> DeleteDocumentAsync(ApiCall call, string id, string document)
    {
        var (store, found) = await FindDocumentAsync(call, id, document);
        if (!IsForced(call) && found.StateAt(clock.GetUtcNow()) == "STATE_ACTIVE")
        {
            throw new ApiException(400, "FAILED_PRECONDITION", "Cannot delete non-empty Document.");
        }

        stores.Remove(store, found);
        return ApiReply.Empty;
    }

    private async Task<(StoredStore Store, StoreDocument Document)> FindDocumentAsync(ApiCall call, string id, string document)
    {
        await call.EnterAsync(EmulatedOperation.Other, id);
        var store = stores.Get(call.Owner, id);
        return (store, store.Documents.Find(candidate => candidate.Id == document) ?? throw ApiException.NotFound());
    }

    private static bool IsForced(ApiCall call) => string.Equals(call.Query("force"), "true", StringComparison.OrdinalIgnoreCase);
}
