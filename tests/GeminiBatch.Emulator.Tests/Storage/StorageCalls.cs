using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator.Tests;

/// <summary>Cloud Storage's and Vertex AI's calls, spelled out with a plain HttpClient.</summary>
internal static class StorageCalls
{
    public const string Bucket = "demo-bucket";
    public const string Collection = "v1/projects/demo-project/locations/global/batchPredictionJobs";

    public static async Task CreateBucketAsync(this HttpClient http, string name = Bucket)
    {
        using var response = await http.PostJsonAsync("storage/v1/b?project=demo-project", new JsonObject { ["name"] = name, ["location"] = "us-central1" });
        await response.RequireSuccessAsync();
    }

    public static Task<HttpResponseMessage> PutObjectAsync(this HttpClient http, string name, string content, string query = "") =>
        http.PostAsync(new Uri($"upload/storage/v1/b/{Bucket}/o?uploadType=media&name={Uri.EscapeDataString(name)}{query}", UriKind.Relative), new StringContent(content, Encoding.UTF8, "application/jsonl"), TestContext.Current.CancellationToken);

    public static string PathOf(string name, string bucket = Bucket) => $"storage/v1/b/{bucket}/o/{Uri.EscapeDataString(name)}";

    public static Task<string> ReadObjectAsync(this HttpClient http, string name) =>
        http.GetStringAsync(new Uri(PathOf(name) + "?alt=media", UriKind.Relative), TestContext.Current.CancellationToken);

    public static async Task<string[]> ListAsync(this HttpClient http, string query) =>
        [.. (await http.GetJsonAsync($"storage/v1/b/{Bucket}/o?{query}"))["items"]?.AsArray().Select(item => (string)item!["name"]!) ?? []];

    public static HttpRequestMessage Piece(Uri session, byte[] bytes, string range)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, session) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.TryAddWithoutValidation("Content-Range", range);
        return request;
    }

    public static async Task<Uri> StartObjectAsync(this HttpClient http, string name, string query = "")
    {
        using var response = await http.PostAsync(new Uri($"upload/storage/v1/b/{Bucket}/o?uploadType=resumable&name={Uri.EscapeDataString(name)}{query}", UriKind.Relative), null, TestContext.Current.CancellationToken);
        await response.RequireSuccessAsync();
        return response.Headers.Location!;
    }

    public static JsonObject JobBody(string input = "gs://demo-bucket/in/rows.jsonl", string displayName = "job", string model = "publishers/google/models/gemini-3.5-flash-lite") => new()
    {
        ["displayName"] = displayName,
        ["model"] = model,
        ["inputConfig"] = new JsonObject { ["instancesFormat"] = "jsonl", ["gcsSource"] = new JsonObject { ["uris"] = new JsonArray(input) } },
        ["outputConfig"] = new JsonObject { ["predictionsFormat"] = "jsonl", ["gcsDestination"] = new JsonObject { ["outputUriPrefix"] = "gs://demo-bucket/out/job" } },
    };

    /// <summary>Uploads rows and creates a job over them, with a bearer token.</summary>
    public static async Task<JsonNode> CreateVertexJobAsync(this HttpClient http, string rows, JsonObject? body = null)
    {
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "ya29.any");
        await http.CreateBucketAsync();
        using var stored = await http.PutObjectAsync("in/rows.jsonl", rows);
        await stored.RequireSuccessAsync();
        using var created = await http.PostAsync(new Uri(Collection, UriKind.Relative), JsonContent.Create(body ?? JobBody()), TestContext.Current.CancellationToken);
        await created.RequireSuccessAsync();
        return await created.JsonAsync();
    }

    public static string Vertex(JsonNode job) => "v1/" + (string)job["name"]!;

    /// <summary>Every row below the job's own output directory.</summary>
    public static async Task<JsonNode[]> ReadOutputAsync(this HttpClient http, JsonNode job)
    {
        var directory = ((string)job["outputInfo"]!["gcsOutputDirectory"]!)["gs://demo-bucket/".Length..];
        var rows = new List<JsonNode>();
        foreach (var name in (await http.ListAsync("prefix=" + Uri.EscapeDataString(directory + "/"))).Where(name => name.EndsWith(".jsonl", StringComparison.Ordinal)))
        {
            rows.AddRange((await http.ReadObjectAsync(name)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!));
        }

        return [.. rows];
    }
}
