using System.Text.Json.Nodes;
using GeminiBatch.Testing;

namespace GeminiBatch.Emulator.Tests.Answering;

public sealed class JudgeTests
{
    [Theory]
    [InlineData("good-7", 0.9)]
    [InlineData("bad-7", 0.25)]
    [InlineData("other", null)]
    public async Task Scores_are_scripted_by_row_key_and_given_where_a_score_is_asked_for(string key, double? score)
    {
        await using var fixture = await EmulatorFixture.StartAsync(static options => options with { JudgeScores = [new("good-*", 0.9), new("bad-*", 0.25, "Half of it is missing.")] });

        var judged = await AnswerAsync(fixture, key, """{"type":"OBJECT","properties":{"score":{"type":"NUMBER","nullable":true},"reason":{"type":"STRING"}}}""");
        var extracted = await AnswerAsync(fixture, key, """{"type":"OBJECT","properties":{"invoiceNumber":{"type":"STRING"}}}""");

        Assert.Equal(score, (double?)judged["score"]);
        Assert.Equal(score is 0.25 ? "Half of it is missing." : score is null ? null : "Scripted.", string.IsNullOrEmpty((string?)judged["reason"]) ? null : (string?)judged["reason"]);
        Assert.Equal("A-17", (string?)extracted["invoiceNumber"]);
    }

    private static async Task<JsonNode> AnswerAsync(EmulatorFixture fixture, string key, string schema)
    {
        var request = new JsonObject
        {
            ["contents"] = new JsonArray(new JsonObject { ["parts"] = new JsonArray(new JsonObject { ["text"] = "Judge." }, new JsonObject { ["text"] = "Invoice number: A-17" }) }),
            ["generationConfig"] = new JsonObject { ["responseMimeType"] = "application/json", ["responseSchema"] = JsonNode.Parse(schema) },
        };
        var rows = new JsonObject { ["requests"] = new JsonArray(new JsonObject { ["request"] = request, ["metadata"] = new JsonObject { ["key"] = key } }) };
        var batch = new JsonObject { ["batch"] = new JsonObject { ["displayName"] = Guid.NewGuid().ToString("N"), ["inputConfig"] = new JsonObject { ["requests"] = rows } } };
        using var created = await fixture.Http.PostAsync("v1beta/models/gemini-3.5-flash-lite:batchGenerateContent", new StringContent(batch.ToJsonString()), TestContext.Current.CancellationToken);
        var text = await created.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(created.IsSuccessStatusCode, text);
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        var job = JsonNode.Parse(await fixture.Http.GetStringAsync("v1beta/" + (string)JsonNode.Parse(text)!["name"]!, TestContext.Current.CancellationToken))!;
        var row = job["metadata"]!["output"]!["inlinedResponses"]!["inlinedResponses"]![0]!;
        return JsonNode.Parse((string)row["response"]!["candidates"]![0]!["content"]!["parts"]![0]!["text"]!)!;
    }
}
