using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator.Tests;

/// <summary>The protocol's calls, spelled out with a plain HttpClient.</summary>
internal static class EmulatorCalls
{
    public static string Row(string key, string text, string? settings = null) =>
        $$$"""{"key":"{{{key}}}","request":{"contents":[{"role":"user","parts":[{"text":"{{{text}}}"}]}]{{{(settings is null ? "" : ",\"generationConfig\":" + settings)}}}}}""";

    public static async Task<Uri> StartUploadAsync(this HttpClient http, long size, string? name = null, string? displayName = "batch-input", string mimeType = "application/jsonl")
    {
        using var response = await http.SendAsync(StartUpload(size, name, displayName, mimeType));
        await response.RequireSuccessAsync();
        return new Uri(response.Headers.GetValues("X-Goog-Upload-URL").Single());
    }

    public static HttpRequestMessage StartUpload(long size, string? name, string? displayName = "batch-input", string mimeType = "application/jsonl")
    {
        var file = new JsonObject { ["displayName"] = displayName, ["mimeType"] = mimeType };
        if (name is not null)
        {
            file["name"] = name;
        }

        var request = new HttpRequestMessage(HttpMethod.Post, "upload/v1beta/files") { Content = JsonContent.Create(new JsonObject { ["file"] = file }) };
        request.Headers.Add("X-Goog-Upload-Protocol", "resumable");
        request.Headers.Add("X-Goog-Upload-Command", "start");
        request.Headers.Add("X-Goog-Upload-Header-Content-Length", size.ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add("X-Goog-Upload-Header-Content-Type", mimeType);
        return request;
    }

    public static HttpRequestMessage Chunk(Uri session, byte[] bytes, long offset, string command = "upload, finalize")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, session) { Content = new ByteArrayContent(bytes) };
        request.Headers.Add("X-Goog-Upload-Command", command);
        request.Headers.Add("X-Goog-Upload-Offset", offset.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return request;
    }

    /// <summary>Uploads in one chunk and returns the file resource.</summary>
    public static async Task<JsonNode> UploadAsync(this HttpClient http, string content, string? name = null, string? displayName = "batch-input", string mimeType = "application/jsonl")
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var session = await http.StartUploadAsync(bytes.Length, name, displayName, mimeType);
        using var response = await http.SendAsync(Chunk(session, bytes, 0));
        await response.RequireSuccessAsync();
        return (await response.JsonAsync())["file"]!;
    }

    public static Task<HttpResponseMessage> AskAsync(this HttpClient http, HttpRequestMessage request) => http.SendAsync(request, TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> AskAsync(this HttpClient http, HttpMethod method, string path) => http.AskAsync(new HttpRequestMessage(method, new Uri(path, UriKind.Relative)));

    public static async Task<HttpResponseMessage> PostJsonAsync(this HttpClient http, string path, JsonNode body) => await http.PostAsync(new Uri(path, UriKind.Relative), JsonContent.Create(body));

    public static Task<HttpResponseMessage> PostBatchAsync(this HttpClient http, string fileName, string displayName = "job", string model = "gemini-3.5-flash-lite") =>
        http.PostJsonAsync($"v1beta/models/{model}:batchGenerateContent", new JsonObject { ["batch"] = new JsonObject { ["displayName"] = displayName, ["inputConfig"] = new JsonObject { ["fileName"] = fileName } } });

    /// <summary>Uploads rows, creates a job over them and returns its operation.</summary>
    public static async Task<JsonNode> CreateAsync(this HttpClient http, string rows, string displayName = "job", string model = "gemini-3.5-flash-lite")
    {
        var file = await http.UploadAsync(rows);
        using var response = await http.PostBatchAsync((string)file["name"]!, displayName, model);
        await response.RequireSuccessAsync();
        return await response.JsonAsync();
    }

    public static async Task<JsonNode> GetJsonAsync(this HttpClient http, string path)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        await response.RequireSuccessAsync();
        return await response.JsonAsync();
    }

    public static async Task<string> DownloadAsync(this HttpClient http, string resultFile) => await http.GetStringAsync(new Uri($"v1beta/{resultFile}:download?alt=media", UriKind.Relative));

    /// <summary>Creates a job, lets its time pass and returns its result rows by key.</summary>
    public static async Task<Dictionary<string, JsonNode>> RunAsync(this Testing.EmulatorFixture fixture, string rows, string displayName = "job", string model = "gemini-3.5-flash-lite")
    {
        var lines = (await fixture.RunForBytesAsync(rows, displayName, model)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Select(line => JsonNode.Parse(line)!).GroupBy(row => (string)row["key"]!).ToDictionary(group => group.Key, group => group.First());
    }

    public static async Task<string> RunForBytesAsync(this Testing.EmulatorFixture fixture, string rows, string displayName = "job", string model = "gemini-3.5-flash-lite")
    {
        var created = await fixture.Http.CreateAsync(rows, displayName, model);
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        var done = await fixture.Http.GetJsonAsync("v1beta/" + (string)created["name"]!);
        return await fixture.Http.DownloadAsync((string)done["metadata"]!["output"]!["responsesFile"]!);
    }

    public static string Text(this JsonNode resultRow) =>
        string.Concat(resultRow["response"]!["candidates"]![0]!["content"]!["parts"]!.AsArray().Where(part => part!["thought"] is null).Select(part => (string?)part!["text"]));

    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    public static async Task RequireSuccessAsync(this HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
        {
            Assert.Fail($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        }
    }
}
