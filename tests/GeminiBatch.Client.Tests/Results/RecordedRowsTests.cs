using System.Text;
using System.Text.Json.Nodes;
using GeminiBatch.Client.Tests.Wire;

namespace GeminiBatch.Client.Tests.Results;

/// <summary>Every recorded row and body, its outcome counted (protocol 6; recorded quirks 1 to 14).</summary>
public sealed class RecordedRowsTests
{
    [Theory]
    [InlineData("results_standard.jsonl", "answered 9, row_error 1")]
    [InlineData("results_standard_mock.jsonl", "answered 3, no_finish_reason 2, row_error 2")]
    [InlineData("results_standard_wrapped.jsonl", "answered 76, empty_answer 33, malformed_function_call 1, output_blocked 1, truncated 2")]
    [InlineData("results_inline.jsonl", "answered 2")]
    [InlineData("results_vertex.jsonl", "answered 27, empty_answer 1, recitation 1, row_error 1")]
    [InlineData("results_embeddings.jsonl", "answered 37")]
    public void Rows_have_these_outcomes(string file, string expected)
    {
        string[] lines = SharedData.Lines("real", file);

        Assert.Equal(expected, Counted(lines));
    }

    [Fact]
    public void Sample_rows_of_the_developer_api_have_these_outcomes()
    {
        ResultRow[] rows = [.. SharedData.Lines("spec", "samples", "standard_output_rows.jsonl").Select(Read)];

        Assert.Equal(
            [
                "doc-0002 answered", "doc-0001 answered", "doc-0003 row_error 13 Retry", "doc-0004 truncated", "doc-0005 prompt_blocked",
                "doc-0006 recitation", "doc-0007 row_error 4 Retry", "doc-0008 row_error 3 Never", "doc-0009 answered", "doc-0010 truncated",
            ],
            rows.Select(row => $"{row.Key} {row.Outcome.Code}" + (row.ErrorCode is { } code ? $" {code} {row.Outcome.Retry}" : "")));
        Assert.Equal("", rows[3].AnswerText);
        Assert.Equal(511, rows[3].Usage!.ThoughtsTokens);
        Assert.Equal("{\"label\":\"other\",\"to", rows[9].AnswerText);
        Assert.Equal("PROHIBITED_CONTENT", rows[4].ErrorMessage);
        Assert.Equal("```json\n{\"label\":\"other\",\"total\":null}\n```", rows[8].AnswerText);
    }

    [Fact]
    public void Sample_rows_of_Vertex_AI_have_these_outcomes()
    {
        ResultRow[] rows = [.. SharedData.Lines("spec", "samples", "vertex_output_rows.jsonl").Select(Read)];
        ResultRow withoutResponse = Read(SharedData.Lines("spec", "samples", "vertex_output_rows_failed_without_response.jsonl")[0]);

        Assert.Equal(["doc-0002 answered", "doc-0001 answered", "doc-0003 row_error", "doc-0004 prompt_blocked"], rows.Select(row => $"{row.Key} {row.Outcome.Code}"));
        Assert.All([rows[2], withoutResponse], row =>
        {
            Assert.Equal(3, row.ErrorCode);
            Assert.Equal("Please use a valid role: user, model.", row.ErrorMessage);
            Assert.Equal(RetryAdvice.Never, row.Outcome.Retry);
        });
    }

    [Fact]
    public void Recorded_response_bodies_have_these_outcomes()
    {
        IEnumerable<string> bodies = Directory.EnumerateFiles(SharedData.Path("real", "generate_content_responses"), "*.json")
            .Concat(Directory.EnumerateFiles(SharedData.Path("real", "pairs"), "*.response.json"))
            .Select(path => "{\"key\":\"k\",\"response\":" + File.ReadAllText(path) + "}");

        Assert.Equal(
            "answered 111, empty_answer 28, malformed_row 3, other_finish 1, output_blocked 2, prompt_blocked 2, row_error 18, truncated 3",
            Counted(bodies));
    }

    [Fact]
    public void Answer_texts_are_the_parts_without_thoughts_in_order()
    {
        int split = 0;
        foreach (string file in (string[])["results_standard.jsonl", "results_standard_wrapped.jsonl", "results_inline.jsonl", "results_vertex.jsonl"])
        {
            foreach (string line in SharedData.Lines("real", file))
            {
                JsonArray? parts = JsonNode.Parse(line)!["response"]?["candidates"]?[0]?["content"]?["parts"] as JsonArray;
                string?[] texts = [.. (parts ?? []).Where(part => part!["thought"]?.GetValue<bool>() is not true).Select(part => part!["text"]?.GetValue<string>()).Where(text => text is not null)];
                split += texts.Count(text => text!.Length > 0) > 1 ? 1 : 0;

                Assert.Equal(string.Concat(texts), Read(line).AnswerText);
            }
        }

        Assert.True(split > 0);
    }

    [Fact]
    public void Inline_items_and_user_columns_are_joined_by_their_keys()
    {
        Assert.Equal(["0", "1"], SharedData.Lines("real", "results_inline.jsonl").Select(line => Read(line).Key));
        Assert.Equal(["1", "0"], SharedData.Lines("real", "results_vertex.jsonl").Select(line => Read(line).Key).OfType<string>());
        Assert.All(SharedData.Lines("real", "results_standard.jsonl"), line => Assert.NotNull(Read(line).Key));
    }

    [Fact]
    public void Usage_adds_up_as_the_protocol_says()
    {
        ResultRow[] rows = [.. SharedData.Lines("real", "results_standard.jsonl").Concat(SharedData.Lines("real", "results_standard_wrapped.jsonl")).Select(Read)];
        GeminiUsage[] usages = [.. rows.Select(row => row.Usage).OfType<GeminiUsage>()];

        Assert.True(usages.Length > 100);
        Assert.True(usages.Count(usage => usage.TotalTokens != usage.InputTokens + usage.OutputTokens) <= 1);
    }

    [Fact]
    public void Every_recorded_embedding_is_read_with_its_vector_in_all_forms()
    {
        ResultRow[] rows = [.. SharedData.Lines("real", "results_embeddings.jsonl").Select(Read)];
        ResultRow legacy = Read(SharedData.Lines("spec", "samples", "vertex_embedding_legacy_output_rows.jsonl")[0]);

        Assert.All(rows, row => Assert.False(row.Embedding.IsEmpty));
        Assert.Equal([-0.015f, 0.024f], rows[0].Embedding.ToArray());
        Assert.Equal((2L, 3L), (rows[0].Usage!.PromptTokens, rows[1].Usage!.PromptTokens));
        Assert.Equal((3, 2L), (legacy.Embedding.Length, legacy.Usage!.PromptTokens));
        Assert.Equal("malformed_row", Read("""{"key":"k","response":{"embedding":{"values":[1,"x"]}}}""").Outcome.Code);
    }

    private static string Counted(IEnumerable<string> rows) => string.Join(
        ", ",
        rows.Select(Read).GroupBy(row => row.Outcome.Code).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} {group.Count()}"));

    private static ResultRow Read(string line) => ResultRowReader.Read(Encoding.UTF8.GetBytes(line));
}
