using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>One request as it came over the wire; what is secret in it is replaced by dots.</summary>
internal sealed record RecordedRequest(string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, JsonNode? Body)
{
    private static readonly HashSet<string> Secrets = new(StringComparer.OrdinalIgnoreCase) { "x-goog-api-key", "authorization", "cookie" };

    public static RecordedRequest Of(ApiCall call) => new(
        call.Request.Method,
        call.Request.Path.Value + WithoutKey(call),
        [.. call.Request.Headers.Select(header => (header.Key.ToLowerInvariant(), Secrets.Contains(header.Key) ? "…" : header.Value.ToString())).OrderBy(header => header.Item1, StringComparer.Ordinal)],
        call.Body?.DeepClone());

    public JsonObject ToJson() => new()
    {
        ["method"] = Method,
        ["target"] = Target,
        ["headers"] = new JsonObject(Headers.Select(header => KeyValuePair.Create(header.Name, (JsonNode?)header.Value))),
        ["body"] = Body?.DeepClone(),
    };

    private static string WithoutKey(ApiCall call)
    {
        var pairs = call.Request.Query.Where(pair => pair.Key is not "key").Select(pair => $"{pair.Key}={pair.Value}");
        var query = string.Join('&', pairs);
        return query.Length == 0 ? "" : "?" + query;
    }
}
