using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Models, generateContent and countTokens (protocol: 1.2 rows 1 to 3). Synchronous answers come from the same rules as batch rows.</summary>
internal sealed class ModelsEndpoint(ModelCatalogue catalogue, ResponseBuilder responses, EmbeddingBuilder embeddings, GeminiEmulatorOptions options, TimeProvider clock)
{
    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    public async Task<ApiReply> ListAsync(ApiCall call)
    {
        await call.EnterAsync(EmulatedOperation.ListModels, "");
        return Page.Of(call, "models", [.. catalogue.Listed(Today)], model => model.Id, ModelCatalogue.Resource, defaultSize: 50, maxSize: 1000);
    }

    public async Task<ApiReply> GetAsync(ApiCall call, string id)
    {
        await call.EnterAsync(EmulatedOperation.GetModel, id);
        return catalogue.Listed(Today).FirstOrDefault(model => model.Id == id) is { } model
            ? ApiReply.Ok(ModelCatalogue.Resource(model))
            : throw new ApiException(404, "NOT_FOUND", $"Model is not found: models/{id} for api version v1beta");
    }

    public async Task<ApiReply> GenerateAsync(ApiCall call, string id, VertexPath? vertex = null)
    {
        var body = await call.ReadBodyAsync() as JsonObject ?? [];
        await call.EnterAsync(EmulatedOperation.GenerateContent, id);
        var model = Serving(id, "generateContent", vertex);
        InlineCheck.Check(body, vertex is null ? "GenerateContentRequest" : "VertexGenerateContentRequest");
        var random = new SeededRandom(StableHash.Of(options.Seed, "generate", body.ToJsonString()));
        var outcome = responses.Respond(body, "", new Asked(model.Id, call.Owner, OnVertex: vertex is not null), random);
        return ApiReply.Ok(Succeeded(outcome));
    }

    public async Task<ApiReply> CountAsync(ApiCall call, string id, VertexPath? vertex = null)
    {
        var body = await call.ReadBodyAsync() as JsonObject ?? [];
        await call.EnterAsync(EmulatedOperation.CountTokens, id);
        Serving(id, "countTokens", vertex);
        InlineCheck.Check(body, vertex is null ? "CountTokensRequest" : "VertexCountTokensRequest");
        var tokens = TokenCount.OfRequest(body.Find("generateContentRequest") as JsonObject ?? body);
        return ApiReply.Ok(new JsonObject
        {
            ["totalTokens"] = tokens,
            ["promptTokensDetails"] = new JsonArray(new JsonObject { ["modality"] = "TEXT", ["tokenCount"] = tokens }),
        });
    }

    /// <summary>Vectors at once, the same as a batch gives for the same text.</summary>
    public async Task<ApiReply> EmbedAsync(ApiCall call, string id, bool isBatch)
    {
        var body = await call.ReadBodyAsync() as JsonObject ?? [];
        await call.EnterAsync(EmulatedOperation.EmbedContent, id);
        var model = Serving(id, "embedContent", null);
        InlineCheck.Check(body, isBatch ? "BatchEmbedContentsRequest" : "EmbedContentRequest");
        if (!isBatch)
        {
            return ApiReply.Ok(Succeeded(embeddings.Respond(body, model.Id, onVertex: false)));
        }

        var vectors = body.Find("requests").Items().OfType<JsonObject>().Select(request => Succeeded(embeddings.Respond(request, model.Id, onVertex: false)).Find("embedding")?.DeepClone());
        return ApiReply.Ok(new JsonObject { ["embeddings"] = new JsonArray([.. vectors]) });
    }

    private static JsonObject Succeeded(RowOutcome outcome)
    {
        if (!outcome.IsError)
        {
            return outcome.Body;
        }

        var (http, status, _) = HttpStatus.OfGrpc((int)(outcome.Body.FindInteger("code") ?? 13));
        throw new ApiException(http, status, outcome.Body.FindText("message") ?? "");
    }

    private CataloguedModel Serving(string id, string method, VertexPath? vertex) => vertex is { } path
        ? catalogue.ServingOnVertex(id, path.Location, Today) ?? throw VertexCreation.NoModel(path, "publishers/google/models/" + id)
        : catalogue.Serving(id, method, Today) ?? throw ApiException.NoModel("models/" + id, method);
}
