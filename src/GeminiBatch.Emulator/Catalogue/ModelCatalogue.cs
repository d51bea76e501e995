using System.Globalization;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>The models of the Developer API, read from the product's one data file.</summary>
internal sealed class ModelCatalogue
{
    private readonly Dictionary<string, CataloguedModel> byId;

    private ModelCatalogue(IEnumerable<CataloguedModel> models)
    {
        Models = [.. models];
        byId = Models.ToDictionary(model => model.Id, StringComparer.Ordinal);
    }

    public IReadOnlyList<CataloguedModel> Models { get; }

    public static ModelCatalogue Load()
    {
        using var stream = typeof(ModelCatalogue).Assembly.GetManifestResourceStream("catalogue.json")
            ?? throw new InvalidOperationException("The catalogue is not embedded in the assembly.");
        var root = JsonNode.Parse(stream);
        return new ModelCatalogue(root.Find("models").Items().Select(Read));
    }

    /// <summary>The model that serves a request for <paramref name="id"/>, or null when it answers 404: unknown, retired without a successor that takes over, or without the method.</summary>
    public CataloguedModel? Serving(string id, string method, DateOnly today)
    {
        if (byId.GetValueOrDefault(id) is not { } model || !model.Backends.Contains("developer", StringComparer.Ordinal) || !Supports(model, method))
        {
            return null;
        }

        return Successor(model, today);
    }

    /// <summary>The same for Vertex AI, where a model is served in some locations only (protocol: 3.1, 3.8).</summary>
    public CataloguedModel? ServingOnVertex(string id, string location, DateOnly today) =>
        byId.GetValueOrDefault(id) is { } model
        && model.Backends.Contains("vertex", StringComparer.Ordinal)
        && (model.BatchMethods.Count > 0 || model is { IsLegacyEmbedding: true, Status: not "retired" })
        && (model.VertexLocations?.Contains(location, StringComparer.Ordinal) ?? true)
            ? Successor(model, today)
            : null;

    private CataloguedModel? Successor(CataloguedModel model, DateOnly today)
    {
        var taken = model.RoutedTo is { } next && (model.IsRetired(today) || model.Retires is null) ? byId.GetValueOrDefault(next) : null;
        return taken ?? (model.IsRetired(today) ? null : model);
    }

    public IEnumerable<CataloguedModel> Listed(DateOnly today) => Models.Where(model => model.Backends.Contains("developer", StringComparer.Ordinal) && !model.IsRetired(today));

    public static JsonObject Resource(CataloguedModel model)
    {
        var resource = new JsonObject { ["name"] = "models/" + model.Id, ["version"] = "001", ["displayName"] = model.Id };
        if (model.InputTokens is { } input)
        {
            resource["inputTokenLimit"] = input;
        }

        if (model.OutputTokens is { } output)
        {
            resource["outputTokenLimit"] = output;
        }

        resource["supportedGenerationMethods"] = new JsonArray([.. Methods(model).Select(method => (JsonNode)method)]);
        if (!model.IsEmbedding)
        {
            resource["temperature"] = 1;
            resource["topP"] = 0.95;
            resource["topK"] = 64;
            resource["maxTemperature"] = 2;
        }

        if (model.ThinkingLevels is not null)
        {
            resource["thinking"] = true;
        }

        return resource;
    }

    private static bool Supports(CataloguedModel model, string method) => Methods(model).Contains(method, StringComparer.Ordinal);

    private static IEnumerable<string> Methods(CataloguedModel model) =>
        [model.IsEmbedding ? "embedContent" : "generateContent", "countTokens", .. model.BatchMethods];

    private static CataloguedModel Read(JsonNode model)
    {
        var thinking = model.Find("thinking");
        return new CataloguedModel(
            model.FindText("id") ?? "",
            model.FindText("kind") ?? "text",
            model.FindText("status") ?? "live",
            (model.FindText("retires") ?? model.FindText("retired")) is { } date ? DateOnly.Parse(date, CultureInfo.InvariantCulture) : null,
            model.FindText("routedTo"),
            model.FindInteger("inputTokens"),
            model.FindInteger("outputTokens"),
            [.. model.Find("batchMethods").Items().Select(method => method.AsText() ?? "")],
            thinking is null ? null : [.. thinking.Find("levels").Items().Select(level => level.AsText() ?? "")],
            model.Find("structuredOutputWithTools") is JsonValue flag && flag.TryGetValue(out bool combines) && combines,
            (int)(model.FindInteger("dimensions") ?? 3072))
        {
            Backends = [.. model.Find("backends").Items().Select(backend => backend.AsText() ?? "")],
            VertexLocations = model.Find("vertexLocations") is JsonArray locations ? [.. locations.Select(location => location.AsText() ?? "")] : null,
            MinimumDimensions = (int)(model.FindInteger("minimumDimensions") ?? 1),
            TakesTaskType = model.Find("takesTaskType") is not JsonValue takes || !takes.TryGetValue(out bool says) || says,
        };
    }
}
