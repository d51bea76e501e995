using System.Text.Json.Nodes;
using GeminiBatch.Testing;

namespace GeminiBatch.Emulator.Tests.Files;

/// <summary>Protocol 1.2, row 13: objects of a bucket become files by a token, and are read where they lie.</summary>
public sealed class RegisterTests
{
    [Fact]
    public async Task An_object_is_registered_and_read_by_a_request_of_the_same_project()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var http = new HttpClient { BaseAddress = fixture.Emulator.Endpoint, DefaultRequestHeaders = { { "Authorization", "Bearer any" }, { "x-goog-user-project", "p" } } };
        await SendAsync(http, "storage/v1/b?project=p", """{"name":"some-bucket"}""");
        await SendAsync(http, "upload/storage/v1/b/some-bucket/o?uploadType=media&name=in%2Finvoice.txt", "Invoice number: A-17", "text/plain");

        var files = (await SendAsync(http, "v1beta/files:register", """{"uris":["gs://some-bucket/in/invoice.txt"]}""")).Body["files"]!.AsArray();

        var file = Assert.Single(files)!;
        Assert.Equal(("REGISTERED", "ACTIVE", "text/plain", "20"), ((string?)file["source"], (string?)file["state"], (string?)file["mimeType"], (string?)file["sizeBytes"]));
        var answer = await SendAsync(http, "v1beta/models/gemini-3.5-flash-lite:generateContent",
            $$$"""{"contents":[{"parts":[{"fileData":{"mimeType":"text/plain","fileUri":"{{{file["uri"]}}}"}},{"text":"Extract."}]}],"generationConfig":{"responseMimeType":"application/json","responseSchema":{"type":"OBJECT","properties":{"invoiceNumber":{"type":"STRING"} } } } }""");
        Assert.Contains("A-17", answer.Body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_may_not_register_and_what_is_missing_is_refused()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var http = new HttpClient { BaseAddress = fixture.Emulator.Endpoint, DefaultRequestHeaders = { { "Authorization", "Bearer any" } } };

        Assert.Equal(401, (await SendAsync(fixture.Http, "v1beta/files:register", """{"uris":["gs://some-bucket/x"]}""")).Status);
        Assert.Equal(403, (await SendAsync(http, "v1beta/files:register", """{"uris":["gs://some-bucket/x"]}""")).Status);
        Assert.Equal(400, (await SendAsync(http, "v1beta/files:register", """{"uris":["https://example.com/x"]}""")).Status);
        Assert.Equal(400, (await SendAsync(http, "v1beta/files:register", """{"uris":[]}""")).Status);
    }

    [Fact]
    public async Task A_registered_file_is_no_input_of_a_job_and_no_end_of_an_upload()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var http = new HttpClient { BaseAddress = fixture.Emulator.Endpoint, DefaultRequestHeaders = { { "Authorization", "Bearer any" }, { "x-goog-user-project", "p" } } };
        await SendAsync(http, "storage/v1/b?project=p", """{"name":"some-bucket"}""");
        await SendAsync(http, "upload/storage/v1/b/some-bucket/o?uploadType=media&name=rows.jsonl", EmulatorCalls.Row("a", "x"), "application/jsonl");
        var file = (await SendAsync(http, "v1beta/files:register", """{"uris":["gs://some-bucket/rows.jsonl"]}""")).Body["files"]![0]!;

        var (status, body) = await SendAsync(http, "v1beta/models/gemini-3.5-flash-lite:batchGenerateContent", $$$"""{"batch":{"displayName":"j","inputConfig":{"fileName":"{{{file["name"]}}}"} } }""");

        Assert.Equal((400, "INVALID_ARGUMENT"), (status, (string?)body["error"]!["status"]));
        Assert.Contains("gs://some-bucket/rows.jsonl", (string?)body["error"]!["message"], StringComparison.Ordinal);
        Assert.Empty(fixture.Emulator.Jobs);
        Assert.Equal(404, (await SendAsync(http, "upload/v1beta/files?upload_id=", "")).Status);
    }

    private static async Task<(int Status, JsonNode Body)> SendAsync(HttpClient http, string path, string body, string mimeType = "application/json")
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, mimeType);
        content.Headers.ContentType = new(mimeType);
        using var response = await http.PostAsync(path, content, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }
}
