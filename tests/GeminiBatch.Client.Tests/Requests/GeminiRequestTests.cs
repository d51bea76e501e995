using System.Text.Json;
using GeminiBatch.Client.Tests.Wire;

namespace GeminiBatch.Client.Tests.Requests;

/// <summary>Protocol 1.3 and 2.1: where each thing stands in a request.</summary>
public sealed class GeminiRequestTests
{
    private static readonly byte[] LabelSchema = """
        { "type": "object",
          "properties": { "label": { "type": "string", "enum": ["invoice", "receipt", "other"] }, "total": { "type": ["number", "null"] } },
          "required": ["label", "total"], "additionalProperties": false }
        """u8.ToArray();

    [Fact]
    public void The_sample_of_an_inline_creation_is_written()
    {
        using JsonDocument sample = JsonDocument.Parse(SharedData.Sample("standard_create_inline_request.json"));
        JsonElement expected = sample.RootElement.GetProperty("batch").GetProperty("inputConfig").GetProperty("requests").GetProperty("requests")[0].GetProperty("request");

        AssertEqual(expected, Label("Doc: ACME invoice total 12.40 EUR"));
    }

    [Fact]
    public void Settings_stand_in_generationConfig_and_all_else_beside_it()
    {
        GeminiRequest request = Label("x") with
        {
            Tools = [GeminiTool.GoogleSearch, GeminiTool.FromJson("""{ "fileSearch": { "fileSearchStoreNames": ["fileSearchStores/s"] } }""")],
            ToolConfigJson = """{ "functionCallingConfig": {} }""",
            Safety = [new GeminiSafetySetting("HARM_CATEGORY_HARASSMENT", "BLOCK_ONLY_HIGH")],
            CachedContent = "cachedContents/c",
            ServiceTier = "flex",
        };

        using JsonDocument written = JsonDocument.Parse(RawJson.Write(request.WriteTo));

        Assert.Equal(
            ["cachedContent", "contents", "generationConfig", "safetySettings", "serviceTier", "systemInstruction", "toolConfig", "tools"],
            written.RootElement.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.Equal("""[{"googleSearch":{}},{"fileSearch":{"fileSearchStoreNames":["fileSearchStores/s"]}}]""", written.RootElement.GetProperty("tools").GetRawText());
    }

    [Fact]
    public void A_system_instruction_is_a_content_object_without_a_role()
    {
        using JsonDocument written = JsonDocument.Parse(RawJson.Write(Label("x").WriteTo));

        Assert.Equal("""{"parts":[{"text":"You label accounting documents."}]}""", written.RootElement.GetProperty("systemInstruction").GetRawText());
    }

    [Fact]
    public void Parts_are_written_in_their_order_and_forms()
    {
        var request = new GeminiRequest
        {
            Contents =
            [
                new GeminiContent([GeminiPart.FromUri("gs://b/a b.pdf", "application/pdf"), GeminiPart.Inline(new byte[] { 1, 2, 3 }, "image/png"), GeminiPart.Text("<\"é\">")]),
                new GeminiContent([GeminiPart.Text("t")], Role: null),
            ],
        };

        Assert.Equal(
            """{"contents":[{"role":"user","parts":[{"fileData":{"mimeType":"application/pdf","fileUri":"gs://b/a b.pdf"}},{"inlineData":{"mimeType":"image/png","data":"AQID"}},{"text":"<\"é\">"}]},{"parts":[{"text":"t"}]}]}""",
            System.Text.Encoding.UTF8.GetString(RawJson.Write(request.WriteTo)));
    }

    [Fact]
    public void A_row_never_holds_a_line_break_whatever_the_schema_and_text_hold()
    {
        var backend = new DeveloperBackend(new DeveloperApiClient(new DeveloperApiOptions { ApiKey = "k" }));

        byte[] row = RawJson.Write(writer => backend.WriteRow(writer, "key-1", Label("line 1\nline 2\r\n\u2028")));

        Assert.DoesNotContain((byte)'\n', row);
        Assert.DoesNotContain((byte)'\r', row);
        using JsonDocument written = JsonDocument.Parse(row);
        Assert.Equal(["key", "request"], written.RootElement.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public void Sample_rows_can_be_written()
    {
        using JsonDocument first = JsonDocument.Parse(SharedData.Lines("spec", "samples", "standard_input_rows.jsonl")[0]);

        Assert.Equal("doc-0001", first.RootElement.GetProperty("key").GetString());
        AssertEqual(first.RootElement.GetProperty("request"), Label("Doc: ACME invoice total 12.40 EUR"));
    }

    [Fact]
    public async Task Creations_and_token_counts_are_the_protocols_requests()
    {
        await using StubServer server = await StubServer.StartAsync((200, """{"name":"batches/x","totalTokens":41}"""));
        DeveloperApiClient client = server.Client();

        await client.Batches.CreateFromFileAsync("gemini-3.5-flash-lite", "invoices-file-0001", "files/4t9s1k8c2m7q", TestContext.Current.CancellationToken);
        await client.Batches.CreateInlineAsync("gemini-3.5-flash-lite", "n", [new GeminiInlineRow("row-1", Label("x"))], TestContext.Current.CancellationToken);
        GeminiTokenCount count = await client.CountTokensAsync("gemini-3.5-flash-lite", Label("Doc: ACME invoice"), TestContext.Current.CancellationToken);

        Assert.Equal("POST /v1beta/models/gemini-3.5-flash-lite:batchGenerateContent", server.Requests[0].ToString());
        Assert.Equal("""{"batch":{"displayName":"invoices-file-0001","inputConfig":{"fileName":"files/4t9s1k8c2m7q"}}}""", server.Requests[0].Text);
        Assert.StartsWith("""{"batch":{"displayName":"n","inputConfig":{"requests":{"requests":[{"request":{""", server.Requests[1].Text, StringComparison.Ordinal);
        Assert.EndsWith(""","metadata":{"key":"row-1"}}]}}}}""", server.Requests[1].Text, StringComparison.Ordinal);
        Assert.Equal("POST /v1beta/models/gemini-3.5-flash-lite:countTokens", server.Requests[2].ToString());
        using JsonDocument sample = JsonDocument.Parse(SharedData.Sample("count_tokens_request.json"));
        Assert.True(JsonElement.DeepEquals(sample.RootElement, JsonDocument.Parse(server.Requests[2].Body).RootElement));
        Assert.Equal(41, count.TotalTokens);
    }

    [Fact]
    public async Task Inline_rows_of_20_MB_are_refused_before_they_are_sent()
    {
        await using StubServer server = await StubServer.StartAsync((200, "{}"));

        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(() => server.Client().Batches.CreateInlineAsync(
            "m", "n", [new GeminiInlineRow("k", Label(new string('x', 20_000_000)))], TestContext.Current.CancellationToken));

        Assert.Contains("Upload them as a file", refused.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void A_request_without_contents_or_with_two_schemas_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() => RawJson.Write(new GeminiRequest { Contents = [] }.WriteTo));
        Assert.Throws<InvalidOperationException>(() => RawJson.Write(new GenerationSettings { ResponseSchema = "{}"u8.ToArray(), ResponseJsonSchema = "{}"u8.ToArray() }.WriteTo));
        Assert.Throws<ArgumentException>(() => new GenerationSettings { ResponseSchema = "[]"u8.ToArray() });
        Assert.Throws<ArgumentException>(() => GeminiTool.FromJson("googleSearch"));
    }

    private static GeminiRequest Label(string text) => new()
    {
        Contents = [GeminiContent.FromText(text)],
        SystemInstruction = GeminiContent.FromText("You label accounting documents."),
        Settings = new GenerationSettings
        {
            MaxOutputTokens = 512,
            ResponseMimeType = "application/json",
            ResponseJsonSchema = LabelSchema,
            Thinking = new GeminiThinking { Level = GeminiThinkingLevel.Minimal, IncludeThoughts = false },
        },
    };

    private static void AssertEqual(JsonElement expected, GeminiRequest request)
    {
        using JsonDocument written = JsonDocument.Parse(RawJson.Write(request.WriteTo));
        Assert.True(JsonElement.DeepEquals(expected, written.RootElement), written.RootElement.GetRawText());
    }
}
