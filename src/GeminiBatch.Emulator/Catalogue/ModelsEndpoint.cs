using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Models, generateContent and countTokens (protocol: 1.2 rows 1 to 3). Synchronous answers come from the same rules as batch rows.</summary>
internal sealed class ModelsEndpoint(ModelCatalogue catalogue, ResponseBuilder responses, GeminiEmulatorOptions options)
{
    private static readonly Dictionary<int, (int Http, string Status)> HttpOfCode = new()
    {
        [3] = (400, "INVALID_ARGUMENT"),
        [4] = (504, "DEADLINE_EXCEEDED"),
        [7] = (403, "PERMISSION_DENIED"),
        [8] = (429, "RESOURCE_EXHAUSTED"),
        [13] = (500, "INTERNAL"),
        [14] = (503, "UNAVAILABLE"),
    };

    private DateOnly Today => DateOnly.FromDateTime(options.TimeProvider.GetUtcNow().UtcDateTime);

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

    public async Task<ApiReply> GenerateAsync(ApiCall call, string id)
    {
        var body = await call.ReadBodyAsync() as JsonObject ?? [];
        await call.EnterAsync(EmulatedOperation.GenerateContent, id);
        var model = catalogue.Serving(id, "generateContent", Today) ?? throw ApiException.NoModel("models/" + id, "generateContent");
        InlineCheck.Check(body, "GenerateContentRequest");
        var random = new SeededRandom(StableHash.Of(options.Seed, "generate", body.ToJsonString()));
        var outcome = responses.Respond(body, "", model.Id, call.Owner, random);
        if (!outcome.IsError)
        {
            return ApiReply.Ok(outcome.Body);
        }

        var (http, status) = HttpOfCode.GetValueOrDefault((int)(outcome.Body.FindInteger("code") ?? 13), (500, "INTERNAL"));
        throw new ApiException(http, status, outcome.Body.FindText("message") ?? "");
    }

    public async Task<ApiReply> CountAsync(ApiCall call, string id)
    {
        var body = await call.ReadBodyAsync() as JsonObject ?? [];
        await call.EnterAsync(EmulatedOperation.CountTokens, id);
        _ = catalogue.Serving(id, "countTokens", Today) ?? throw ApiException.NoModel("models/" + id, "countTokens");
        InlineCheck.Check(body, "CountTokensRequest");
        var tokens = TokenCount.OfRequest(body.Find("generateContentRequest") as JsonObject ?? body);
        return ApiReply.Ok(new JsonObject
        {
            ["totalTokens"] = tokens,
            ["promptTokensDetails"] = new JsonArray(new JsonObject { ["modality"] = "TEXT", ["tokenCount"] = tokens }),
        });
    }
}
