using System.Text.Json;
using System.Text.Json.Nodes;
using GeminiBatch.Testing;

namespace GeminiBatch.Emulator.Tests;

public sealed class NoiseTests
{
    private const string Settings = """{"responseMimeType":"application/json","responseSchema":{"type":"OBJECT","properties":{"number":{"type":"STRING"},"total":{"type":"NUMBER"},"lines":{"type":"ARRAY","items":{"type":"STRING"}}},"required":["number","total","lines"]}}""";

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes_in_any_process_and_another_seed_gives_others()
    {
        var rows = Rows(200);
        var results = new List<string>();
        foreach (var seed in new[] { 7, 7, 8 })
        {
            await using var fixture = await EmulatorFixture.StartAsync(options => options with { Seed = seed, Noise = EmulatorNoise.Realistic });
            fixture.Clock.Advance(TimeSpan.FromMinutes(results.Count));
            results.Add(await fixture.RunForBytesAsync(rows));
        }

        Assert.Equal(results[0], results[1]);
        Assert.NotEqual(results[0], results[2]);
    }

    [Fact]
    public async Task Rows_come_in_another_order_than_they_were_sent_and_so_do_members()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var lines = (await fixture.RunForBytesAsync(Rows(60))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var keys = lines.Select(line => (string?)JsonNode.Parse(line)!["key"]).ToList();
        Assert.Equal(60, keys.Distinct().Count());
        Assert.NotEqual(Enumerable.Range(0, 60).Select(number => "k" + number), keys);
        Assert.Contains(lines, line => line.StartsWith("{\"key\"", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("{\"response\"", StringComparison.Ordinal));
        Assert.True(lines.Select(line => JsonNode.Parse(line)!["response"]!["usageMetadata"]!.AsObject().First().Key).Distinct().Count() > 1);
    }

    [Fact]
    public async Task A_key_asked_again_meets_other_noise()
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options with { Noise = new EmulatorNoise { RowError = 0.5 } });
        var first = await fixture.RunAsync(Rows(60), "attempt-1");
        var failed = first.Where(row => row.Value["error"] is not null).Select(row => row.Key).ToHashSet();
        Assert.InRange(failed.Count, 15, 45);

        await fixture.RestartAsync();
        var again = await fixture.RunAsync(string.Join('\n', Rows(60).Split('\n').Where(line => failed.Contains((string)JsonNode.Parse(line)!["key"]!))), "attempt-2");
        Assert.InRange(again.Count(row => row.Value["error"] is null), 1, failed.Count);
    }

    [Fact]
    public async Task A_job_sent_twice_by_mistake_gets_the_same_answers()
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options with { Noise = EmulatorNoise.Realistic });
        var file = (string)(await fixture.Http.UploadAsync(Rows(40)))["name"]!;
        var results = new List<string>();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            using var response = await fixture.Http.PostBatchAsync(file, "same");
            var name = (string)(await response.JsonAsync())["name"]!;
            fixture.Clock.Advance(TimeSpan.FromMinutes(1));
            await fixture.Http.GetJsonAsync("v1beta/" + name);
            results.Add(await fixture.Http.DownloadAsync("files/batch-" + name["batches/".Length..]));
        }

        Assert.Equal(results[0], results[1]);
        Assert.Equal(2, fixture.Emulator.Jobs.Select(job => job.Name).Distinct().Count());
    }

    [Fact]
    public async Task Every_quirk_strikes_about_as_often_as_asked()
    {
        var noise = EmulatorNoise.Realistic;
        await using var fixture = await EmulatorFixture.StartAsync(options => options with { Noise = noise });
        var rows = (await fixture.RunAsync(Rows(2000))).Values.ToList();
        var answers = rows.Where(row => row["response"] is not null).Select(row => row["response"]!["candidates"]![0]!).ToList();
        Expect(noise.RowError, rows.Count(row => row["error"] is not null));
        Expect(noise.Recitation, answers.Count(answer => (string?)answer["finishReason"] == "RECITATION" && answer["content"] is null));
        Expect(noise.Truncation, answers.Count(answer => (string?)answer["finishReason"] == "MAX_TOKENS"));
        Expect(noise.Fence, Texts(answers).Count(text => text.Contains("```json\n", StringComparison.Ordinal)));
        Expect(noise.Prose, Texts(answers).Count(text => text.Contains("Here", StringComparison.Ordinal) || text.Contains("Based", StringComparison.Ordinal)));
        Expect(noise.ThoughtParts, answers.Count(answer => Parts(answer).Any(part => part["thought"] is not null)));
        Expect(noise.ThoughtSignature, answers.Count(answer => Parts(answer).Any(part => part["thoughtSignature"] is not null)));
        Expect(noise.SplitText, answers.Count(answer => Parts(answer).Count(part => part["thought"] is null && part["text"] is not null) > 1));

        static void Expect(double probability, int count) => Assert.InRange(count, 2000 * probability * 0.6, (2000 * probability * 1.4) + 5);
    }

    [Fact]
    public async Task Without_noise_every_answer_is_strict_json_of_the_schema()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        foreach (var row in (await fixture.RunAsync(Rows(20))).Values)
        {
            var answer = JsonNode.Parse(row.Text())!;
            Assert.Equal(["number", "total", "lines"], answer.AsObject().Select(member => member.Key));
            Assert.Equal("STOP", (string?)row["response"]!["candidates"]![0]!["finishReason"]);
            var usage = row["response"]!["usageMetadata"]!;
            Assert.Equal((int)usage["totalTokenCount"]!, (int)usage["promptTokenCount"]! + (int)usage["candidatesTokenCount"]!);
        }
    }

    [Theory]
    [InlineData("TrailingComma")]
    [InlineData("EarlyClosedRoot")]
    public async Task A_spoiled_object_is_no_strict_json_any_more(string quirk)
    {
        var noise = quirk == "TrailingComma" ? new EmulatorNoise { TrailingComma = 1 } : new EmulatorNoise { EarlyClosedRoot = 1 };
        await using var fixture = await EmulatorFixture.StartAsync(options => options with { Noise = noise });
        foreach (var row in (await fixture.RunAsync(Rows(20))).Values)
        {
            Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(row.Text()));
        }
    }

    [Fact]
    public async Task An_answer_over_the_output_budget_is_cut_with_MAX_TOKENS()
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options with { Answerer = (_, _) => new string('x', 1000) });
        var rows = await fixture.RunAsync(EmulatorCalls.Row("a", "one", """{"maxOutputTokens":10}"""));
        Assert.Equal(40, rows["a"].Text().Length);
        Assert.Equal("MAX_TOKENS", (string?)rows["a"]["response"]!["candidates"]![0]!["finishReason"]);
    }

    private static string Rows(int count) => string.Join('\n', Enumerable.Range(0, count).Select(number => EmulatorCalls.Row("k" + number, $"Invoice number: INV-{number}\\nTotal: {number}.50 EUR", Settings)));

    private static IEnumerable<JsonNode> Parts(JsonNode answer) => answer["content"]?["parts"]?.AsArray().OfType<JsonNode>() ?? [];

    private static IEnumerable<string> Texts(IEnumerable<JsonNode> answers) => answers.Select(answer => string.Concat(Parts(answer).Where(part => part["thought"] is null).Select(part => (string?)part["text"])));
}
