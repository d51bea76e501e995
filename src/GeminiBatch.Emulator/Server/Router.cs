using Microsoft.AspNetCore.Http;

namespace GeminiBatch.Emulator;

/// <summary>Paths of protocol.md 1.2 to endpoints.</summary>
internal sealed class Router(TokensEndpoint tokens, StorageRouter storage, VertexRouter vertex, UploadEndpoint uploads, FilesEndpoint files, StoresEndpoint stores, WebhooksEndpoint webhooks, BatchesEndpoint batches, ModelsEndpoint models, InspectionEndpoint inspection)
{
    public Task<ApiReply> RouteAsync(ApiCall call)
    {
        var path = call.Request.Path.Value ?? "/";
        var get = HttpMethods.IsGet(call.Request.Method);
        if (call.Segments is ["emulator", ..])
        {
            return inspection.AnswerAsync(call);
        }

        if (HttpMethods.IsPost(call.Request.Method) && call.Segments is ["upload", "v1beta", .. var target])
        {
            switch (target)
            {
                case ["files"]:
                    return uploads.HandleAsync(call);
                case ["fileSearchStores", var name] when name.EndsWith(":uploadToFileSearchStore", StringComparison.Ordinal):
                    return uploads.HandleAsync(call, name[..^":uploadToFileSearchStore".Length]);
            }
        }

        if (StorageRouter.IsStorage(call))
        {
            call.AuthenticateBearer(isRequired: false);
            return storage.Route(call) ?? throw NoSuchPath();
        }

        if (vertex.Route(call) is { } ofVertex)
        {
            return ofVertex;
        }

        if (tokens.Route(call) is { } ofTokens)
        {
            return ofTokens;
        }

        call.Authenticate();
        if (call.Segments is ["v1beta", .. var below] && (stores.Route(call, below) ?? webhooks.Route(call, below)) is { } ofCollection)
        {
            return ofCollection;
        }

        var resource = path switch
        {
            _ when path.StartsWith("/download/v1beta/files/", StringComparison.Ordinal) && get => path["/download/v1beta/".Length..],
            _ when path.StartsWith("/v1beta/", StringComparison.Ordinal) => path["/v1beta/".Length..],
            _ => throw NoSuchPath(),
        };
        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        var collection = slash < 0 ? resource : resource[..slash];
        var (id, verb) = SplitVerb(slash < 0 ? "" : resource[(slash + 1)..]);
        if (id.Contains('/', StringComparison.Ordinal))
        {
            throw NoSuchPath();
        }

        return (call.Request.Method, collection, id, verb) switch
        {
            ("GET", "models", "", "") => models.ListAsync(call),
            ("GET", "models", _, "") => models.GetAsync(call, id),
            ("POST", "models", not "", "generateContent") => models.GenerateAsync(call, id),
            ("POST", "models", not "", "countTokens") => models.CountAsync(call, id),
            ("POST", "models", not "", "embedContent") => models.EmbedAsync(call, id, isBatch: false),
            ("POST", "models", not "", "batchEmbedContents") => models.EmbedAsync(call, id, isBatch: true),
            ("POST", "models", not "", "batchGenerateContent") => batches.CreateAsync(call, id, embeddings: false),
            ("POST", "models", not "", "asyncBatchEmbedContent") => batches.CreateAsync(call, id, embeddings: true),
            ("GET", "batches", "", "") => batches.ListAsync(call),
            ("GET", "batches", _, "") => batches.GetAsync(call, id),
            ("POST", "batches", not "", "cancel") => batches.CancelAsync(call, id),
            ("PATCH", "batches", not "", "updateGenerateContentBatch") => batches.UpdateAsync(call, id, embeddings: false),
            ("PATCH", "batches", not "", "updateEmbedContentBatch") => batches.UpdateAsync(call, id, embeddings: true),
            ("POST", "files:register", "", "") => files.RegisterAsync(call),
            ("DELETE", "batches", not "", "") or ("POST", "batches", not "", "delete") => batches.DeleteAsync(call, id),
            ("GET", "files", "", "") => files.ListAsync(call),
            ("GET", "files", _, "") => files.GetAsync(call, id),
            ("GET", "files", not "", "download") => files.DownloadAsync(call, id),
            ("DELETE", "files", not "", "") => files.DeleteAsync(call, id),
            _ => throw NoSuchPath(),
        };
    }

    private static ApiException NoSuchPath() => ApiException.NotFound();

    private static (string Id, string Verb) SplitVerb(string name)
    {
        var colon = name.LastIndexOf(':');
        return colon < 0 ? (name, "") : (name[..colon], name[(colon + 1)..]);
    }
}
