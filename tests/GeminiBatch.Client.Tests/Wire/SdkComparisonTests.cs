using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GeminiBatch.Testing;

namespace GeminiBatch.Client.Tests.Wire;

/// <summary>This client's requests beside those that Google's own client for JavaScript sends for the same calls, recorded in tests/clients/wire.json.</summary>
public sealed partial class SdkComparisonTests
{
    private const string EmptyBody = "A request without a body has no type of content.";
    private const string Model = GeminiModels.Flash35Lite;

    private static readonly HashSet<string> s_connection =
        new(StringComparer.Ordinal) { "host", "connection", "accept", "accept-encoding", "accept-language", "content-length", "transfer-encoding", "user-agent", "x-goog-api-client", "traceparent" };

    /// <summary>The reviewed differences, each with its reason.</summary>
    private static readonly Dictionary<string, string> s_reviewed = new(StringComparer.Ordinal)
    {
        ["upload 1: header x-goog-upload-file-name missing, the SDK's is rows.jsonl"] = "The local file's name is nobody's business; the display name says what is meant to be seen.",
        ["upload 2: header x-goog-upload-file-name missing, the SDK's is rows.jsonl"] = "As in the first request.",
        ["upload 2: header content-type missing, the SDK's is application/json"] = "The bytes are no JSON, and their type was announced in the first request.",
        ["get file 1: header content-type missing, the SDK's is application/json"] = EmptyBody,
        ["get batch 1: header content-type missing, the SDK's is application/json"] = EmptyBody,
        ["list batches 1: header content-type missing, the SDK's is application/json"] = EmptyBody,
        ["download 1: header content-type missing, the SDK's is application/json"] = EmptyBody,
        ["delete batch 1: header content-type missing, the SDK's is application/json"] = EmptyBody,
        ["delete file 1: header content-type missing, the SDK's is application/json"] = EmptyBody,
        ["get model 1: header content-type missing, the SDK's is application/json"] = EmptyBody,
        ["count tokens 1: body {\"generateContentRequest\":{\"model\":\"models/gemini-3.5-flash-lite\",\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"one\"}]}]}}, the SDK's is {\"contents\":[{\"parts\":[{\"text\":\"one\"}],\"role\":\"user\"}]}"]
            = "The wrapped form counts system instruction, tools and schema as well, which are what a batch row is billed for (protocol: 1.2 row 2).",
    };

    [Fact]
    public async Task Whatever_differs_from_what_the_SDK_sends_is_reviewed()
    {
        JsonNode sdk = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "tests", "clients", "wire.json"), TestContext.Current.CancellationToken))!;
        Dictionary<string, List<JsonObject>> own = await RecordAsync();

        var differences = new List<string>();
        foreach ((string call, List<JsonObject> requests) in own)
        {
            JsonArray theirs = sdk[call]!.AsArray();
            if (theirs.Count != requests.Count)
            {
                differences.Add($"{call}: {requests.Count} requests, the SDK sends {theirs.Count}");
                continue;
            }

            for (int index = 0; index < requests.Count; index++)
            {
                Compare($"{call} {index + 1}", theirs[index]!, requests[index], differences);
            }
        }

        Assert.Equal(sdk.AsObject().Select(static call => call.Key).Order(StringComparer.Ordinal), own.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(s_reviewed.Keys.Order(StringComparer.Ordinal), differences.Order(StringComparer.Ordinal));
    }

    private static async Task<Dictionary<string, List<JsonObject>>> RecordAsync()
    {
        await using EmulatorFixture emulator = await EmulatorFixture.StartAsync();
        var client = new DeveloperApiClient(new DeveloperApiOptions { ApiKey = EmulatorFixture.ApiKey, Endpoint = emulator.Emulator.Endpoint }, emulator.Clock);
        CancellationToken token = TestContext.Current.CancellationToken;
        var recorded = new Dictionary<string, List<JsonObject>>(StringComparer.Ordinal);
        int seen = 0;
        var request = new GeminiRequest { Contents = [new GeminiContent([GeminiPart.Text("one")])] };
        byte[] rows = """{"key":"a","request":{"contents":[{"role":"user","parts":[{"text":"one"}]}]}}"""u8.ToArray();

        GeminiStoredFile file = await RecordedAsync("upload", () => client.Files.UploadAsync(new MemoryStream(rows), new GeminiUpload { MimeType = "application/jsonl", Size = rows.Length, DisplayName = "rows" }, token));
        await RecordedAsync("get file", () => client.Files.GetAsync(file.Name, token));
        GeminiBatchJob created = await RecordedAsync("create from file", () => client.Batches.CreateFromFileAsync(Model, "from-file", file.Name, token));
        await RecordedAsync("create inline", () => client.Batches.CreateInlineAsync(Model, "inline", [new GeminiInlineRow("a", request)], token));
        emulator.Clock.Advance(TimeSpan.FromMinutes(1));
        GeminiBatchJob job = await RecordedAsync("get batch", () => client.Batches.GetAsync(created.Name, token));
        await RecordedAsync("list batches", async () => await client.Batches.ListAsync(token).CountAsync(token));
        await RecordedAsync("download", async () =>
        {
            await using Stream results = await client.Files.DownloadAsync(job.ResultsFile!, token);
            await results.CopyToAsync(Stream.Null, token);
            return 0;
        });
        await RecordedAsync("cancel batch", () => DoneAsync(client.Batches.CancelAsync(created.Name, token)));
        await RecordedAsync("delete batch", () => DoneAsync(client.Batches.DeleteAsync(created.Name, token)));
        await RecordedAsync("delete file", () => DoneAsync(client.Files.DeleteAsync(file.Name, token)));
        await RecordedAsync("generate content", () => client.GenerateContentAsync(Model, request, token));
        await RecordedAsync("count tokens", () => client.CountTokensAsync(Model, request, token));
        await RecordedAsync("get model", () => client.Models.GetAsync(Model, token));
        return recorded;

        async Task<T> RecordedAsync<T>(string name, Func<Task<T>> call)
        {
            T result = await call();
            JsonNode inspected = JsonNode.Parse(await emulator.Http.GetStringAsync(new Uri("emulator/requests", UriKind.Relative), token))!;
            JsonArray requests = inspected["requests"]!.AsArray();
            recorded[name] = [.. requests.Skip(seen).Select(static sent => Normalize(sent!))];
            seen = requests.Count;
            return result;
        }

        static async Task<int> DoneAsync(Task call)
        {
            await call;
            return 0;
        }
    }

    private static void Compare(string place, JsonNode theirs, JsonNode ours, List<string> differences)
    {
        foreach (string member in new[] { "method", "target" })
        {
            if ((string?)theirs[member] != (string?)ours[member])
            {
                differences.Add($"{place}: {member} {ours[member]}, the SDK's is {theirs[member]}");
            }
        }

        JsonObject headers = ours["headers"]!.AsObject();
        JsonObject sdkHeaders = theirs["headers"]!.AsObject();
        foreach (string name in headers.Concat(sdkHeaders).Select(static header => header.Key).Distinct(StringComparer.Ordinal))
        {
            (string? own, string? other) = ((string?)headers[name], (string?)sdkHeaders[name]);
            if (own != other)
            {
                differences.Add($"{place}: header {name} {own ?? "missing"}, the SDK's is {other ?? "missing"}");
            }
        }

        if (!JsonNode.DeepEquals(theirs["body"], ours["body"]))
        {
            differences.Add($"{place}: body {ours["body"]?.ToJsonString() ?? "missing"}, the SDK's is {theirs["body"]?.ToJsonString() ?? "missing"}");
        }
    }

    /// <summary>As tests/clients/wire.js does: without what differs from run to run and what belongs to the connection.</summary>
    private static JsonObject Normalize(JsonNode sent)
    {
        JsonObject request = sent.AsObject();
        foreach (string name in request["headers"]!.AsObject().Select(static header => header.Key).Where(s_connection.Contains).ToList())
        {
            request["headers"]!.AsObject().Remove(name);
        }

        string text = UploadId().Replace(request.ToJsonString(), "upload_id={id}");
        text = BatchId().Replace(text, "batches/{id}");
        text = ResultId().Replace(text, "files/{result}");
        return JsonNode.Parse(FileId().Replace(text, "files/{id}"))!.AsObject();
    }

    [GeneratedRegex("upload_id=[0-9a-f]+")]
    private static partial Regex UploadId();

    [GeneratedRegex("batches/[a-z0-9]{36}")]
    private static partial Regex BatchId();

    [GeneratedRegex("files/batch-[a-z0-9]{36}")]
    private static partial Regex ResultId();

    [GeneratedRegex("files/[a-z0-9-]{3,40}")]
    private static partial Regex FileId();
}
