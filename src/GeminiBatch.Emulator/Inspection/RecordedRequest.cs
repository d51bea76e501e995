using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>One request as it came over the wire; what is secret in it is replaced by dots, or left out of the query.</summary>
internal sealed record RecordedRequest(string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body)
{
    private static readonly string[] SecretHeaders = ["api-key", "authorization", "cookie", "token"];
    private static readonly string[] SecretParameters = ["key", "$key", "access_token", "oauth_token"];

    public static RecordedRequest Of(ApiCall call) => new(
        call.Request.Method,
        call.Request.Path.Value + WithoutKey(call),
        [.. call.Request.Headers.Select(header => (header.Key.ToLowerInvariant(), IsSecret(header.Key) ? "…" : header.Value.ToString())).OrderBy(header => header.Item1, StringComparer.Ordinal)],
        call.Body);

    public JsonObject ToJson() => new()
    {
        ["method"] = Method,
        ["target"] = Target,
        ["headers"] = new JsonObject(Headers.Select(header => KeyValuePair.Create(header.Name, (JsonNode?)header.Value))),
        ["body"] = Body is null ? null : JsonNode.Parse(Body),
    };

    private static bool IsSecret(string header) => SecretHeaders.Any(word => header.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string WithoutKey(ApiCall call)
    {
        var pairs = call.Request.Query.Where(pair => !SecretParameters.Contains(pair.Key, StringComparer.OrdinalIgnoreCase)).Select(pair => $"{pair.Key}={pair.Value}");
        var query = string.Join('&', pairs);
        return query.Length == 0 ? "" : "?" + query;
    }
}
