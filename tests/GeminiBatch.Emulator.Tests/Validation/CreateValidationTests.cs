using System.Net;
using System.Text.Json.Nodes;
using GeminiBatch.Testing;

namespace GeminiBatch.Emulator.Tests;

public sealed class CreateValidationTests
{
    [Theory]
    [InlineData("""{"key":"r","request":{"contents":[{"parts":[{"text":"x"}]}],"thinking_config":{"thinking_budget":0}}}""", 61, "no such field: 'thinking_config'")]
    [InlineData("""{"key":"r","request":{"contents":[{"parts":[{"text":"x"}]}],"systemInstruction":["plain list"]}}""", 81, "unexpected character: '['; expected '{'")]
    [InlineData("""{"request": "Give me a recipe for banana bread."}""", 13, "unexpected character: '\"'; expected '{'")]
    [InlineData("""{"request": {"contents": [{"role": "user", "parts": {"text": "x"}}]}}""", 53, "unexpected character: '{'; expected '['")]
    [InlineData("""{"key": "req1", "request": {"contents": [{"text": "test1"}]}}""", 43, "no such field: 'text'")]
    [InlineData("""{"key":"r","request":{"generationConfig":{"responseSchema":{"type":"OBJECT","properties":{"v":{"const":1}}}}}}""", 96, "no such field: 'const'")]
    [InlineData("""{"key":"r","request":{"contents":[{"parts":[{"text":"x"}]}}}""", 59, "unexpected character: '}'")]
    [InlineData("""["not a row"]""", 1, "unexpected character: '['; expected '{'")]
    public async Task A_wrong_line_refuses_the_batch_and_names_line_and_column(string line, int column, string what)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var file = await fixture.Http.UploadAsync(EmulatorCalls.Row("good", "fine") + "\n\n" + line + "\n");
        using var response = await fixture.Http.PostBatchAsync((string)file["name"]!);
        var error = (await response.JsonAsync())["error"]!;
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("INVALID_ARGUMENT", (string?)error["status"]);
        Assert.Equal($"Error on line 3: invalid JSON, near column {column}: {what}", (string?)error["message"]);
        Assert.Empty(fixture.Emulator.Jobs);
    }

    [Theory]
    [InlineData("""{"key":"r","request":{"contents":[{"parts":[{"text":"x"}]}]},"config":{"responseMimeType":"application/json"}}""")]
    [InlineData("""{"key":7,"request":{"contents":[{"parts":[{"text":"x"}],"role":"user"}],"generation_config":{"max_output_tokens":"256","thinking_config":{"thinking_level":"LOW"}}}}""")]
    [InlineData("""{"contents":[{"parts":[{"text":"x"}]}]}""")]
    [InlineData("""{"key":"r","request":{"contents":[{"parts":[{"file_data":{"file_uri":"https://x/v1beta/files/a","mime_type":"image/png"}},{"thought":true,"text":null}]}],"tools":[{"url_context":{}}]}}""")]
    public async Task Tolerated_lines_are_accepted(string line)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        await fixture.Http.CreateAsync(line);
        Assert.Single(fixture.Emulator.Jobs);
    }

    [Fact]
    public async Task A_missing_file_is_forbidden_and_an_unknown_model_not_found()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var missing = await fixture.Http.PostBatchAsync("files/nope");
        Assert.Equal(HttpStatusCode.Forbidden, missing.StatusCode);

        var file = (string)(await fixture.Http.UploadAsync(EmulatorCalls.Row("a", "one")))["name"]!;
        foreach (var model in new[] { "gemini-unknown", "gemini-embedding-001", "gemini-2.0-flash" })
        {
            using var response = await fixture.Http.PostBatchAsync(file, model: model);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.StartsWith($"models/{model} is not found for API version v1beta, or is not supported for batchGenerateContent.", (string?)(await response.JsonAsync())["error"]!["message"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_retired_model_that_is_routed_answers_as_its_successor()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var rows = await fixture.RunAsync(EmulatorCalls.Row("a", "one"), model: "gemini-3.1-flash-lite-preview");
        Assert.Equal("gemini-3.1-flash-lite", (string?)rows["a"]["response"]!["modelVersion"]);
    }

    [Theory]
    [InlineData("""{"batch":{"inputConfig":{"requests":{"requests":[{"request":{"contents":[],"thinking_config":{}}}]}}}}""", "Invalid JSON payload received. Unknown name \"thinking_config\" at 'batch.input_config.requests.requests[0].request': Cannot find field.")]
    [InlineData("""{"displayName":"x"}""", "Invalid JSON payload received. Unknown name \"displayName\": Cannot find field.")]
    [InlineData("""{"batch":{"inputConfig":{"requests":{"requests":[{"request":{"systemInstruction":[]}}]}}}}""", "Invalid JSON payload received. Unknown name \"systemInstruction\" at 'batch.input_config.requests.requests[0].request': Proto field is not repeating, cannot start list.")]
    public async Task A_wrong_inline_request_is_refused_with_its_path(string body, string message)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var response = await fixture.Http.PostJsonAsync("v1beta/models/gemini-3.5-flash-lite:batchGenerateContent", JsonNode.Parse(body)!);
        var error = (await response.JsonAsync())["error"]!;
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(message, (string?)error["message"]);
        Assert.Equal(message, (string?)error["details"]![0]!["fieldViolations"]![0]!["description"]);
    }

    [Fact]
    public async Task Faults_that_need_the_model_are_row_errors()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var rows = await fixture.RunAsync(
            """{"key":"role","request":{"contents":[{"parts":[{"text":"x"}],"role":"tester"}]}}""" + "\n"
            + """{"key":"file","request":{"contents":[{"parts":[{"fileData":{"fileUri":"https://generativelanguage.googleapis.com/v1beta/files/gone"}}]}]}}""" + "\n"
            + """{"key":"fine","request":{"contents":[{"parts":[{"text":"x"}]}]}}""");
        Assert.Equal(3, (int)rows["role"]["error"]!["code"]!);
        Assert.Equal(7, (int)rows["file"]["error"]!["code"]!);
        Assert.NotNull(rows["fine"]["response"]);
    }

    [Fact]
    public async Task Minimal_thinking_is_refused_where_a_model_does_not_know_it()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var body = JsonNode.Parse("""{"contents":[{"parts":[{"text":"x"}]}],"generationConfig":{"thinkingConfig":{"thinkingLevel":"MINIMAL"}}}""")!;
        using var refused = await fixture.Http.PostJsonAsync("v1beta/models/gemini-3.8-flash:generateContent", body);
        Assert.Equal("Thinking level MINIMAL is not supported for this model. Please retry with other thinking level.", (string?)(await refused.JsonAsync())["error"]!["message"]);
        using var accepted = await fixture.Http.PostJsonAsync("v1beta/models/gemini-3.5-flash-lite:generateContent", body);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
    }
}
