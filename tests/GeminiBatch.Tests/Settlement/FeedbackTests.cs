using System.Text.Json.Nodes;

namespace GeminiBatch.Tests.Settlement;

public sealed class FeedbackTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_misfit_is_told_to_the_model_with_its_answer_shortened()
    {
        var asked = new List<string>();
        var isBroken = true;
        await using var harness = await PipelineHarness.StartAsync(options => options with
        {
            Answerer = (key, request) =>
            {
                lock (asked)
                {
                    asked.Add(string.Concat(request["contents"]![0]!["parts"]!.AsArray().Select(static part => part!["text"]?.GetValue<string>())));
                }

                return Interlocked.Exchange(ref isBroken, false) ? $$"""{"number":"R-1","remark":"{{new string('x', 5_000)}}"}""" : options.Answerer!(key, request);
            },
        });
        var result = Assert.Single(await harness.ExtractAsync(PipelineHarness.Documents(1)));
        Assert.Equal((true, 2), (result.Succeeded, result.Attempts));
        Assert.DoesNotContain("An earlier answer", asked[0], StringComparison.Ordinal);
        Assert.Contains("An earlier answer to this did not fit the schema:\n- $.total", asked[1], StringComparison.Ordinal);
        Assert.Contains(" […] ", asked[1], StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 1_000), asked[1], StringComparison.Ordinal);
        Assert.EndsWith("Total: 1.25\n", asked[1], StringComparison.Ordinal);

        await using var extractor = harness.Extractor();
        await using var run = await extractor.ResumeAsync("receipts", Token);
        var attempts = await run.AttemptsAsync("receipt-0001", Token).ToListAsync(Token);
        Assert.Equal([(1, "schema_misfit"), (2, null)], attempts.Select(static attempt => (attempt.Number, attempt.Reason)));
        Assert.All(attempts, static attempt => Assert.True(attempt.Cost > 0 && attempt.RawAnswer!.Length > 0));
        var summary = await run.SummaryAsync(Token);
        Assert.Equal(summary.Cost, attempts.Sum(static attempt => attempt.Cost));
    }

    [Fact]
    public async Task What_other_runs_of_the_ledger_have_answered_is_taken_and_shown_as_cached()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await harness.ExtractAsync(PipelineHarness.Documents(5), run: "first");
        var results = await harness.ExtractAsync(PipelineHarness.Documents(8), run: "second");
        Assert.Equal(5, results.Count(static result => result is { IsCached: true, Succeeded: true, Cost: 0m, Attempts: 0 }));
        Assert.Equal(8, results.Count(static result => result.Succeeded));
        Assert.Equal(8, harness.Emulator.Calls.Count(static call => call.Operation == EmulatedOperation.CreateBatch) == 2 ? 8 : 0);

        // Not by another account, not read in another way, and not when it is not wanted.
        Assert.DoesNotContain(await harness.ExtractAsync(PipelineHarness.Documents(5), PipelineHarness.Request with { ReuseAnswers = false }, run: "third"), static result => result.IsCached);
        Assert.DoesNotContain(await harness.ExtractAsync(PipelineHarness.Documents(5), PipelineHarness.Request with { Parsing = new ParseOptions { Mode = RepairMode.Strict } }, run: "fourth"), static result => result.IsCached);
        await using var other = harness.Extractor(key: "another-key");
        Assert.DoesNotContain(await other.ExtractAsync<Receipt>("fifth", PipelineHarness.Documents(5), PipelineHarness.Request, Token).ToListAsync(Token), static result => result.IsCached);
        await PipelineHarness.RequireSoundAsync(other);
    }

    [Fact]
    public async Task Grounding_that_is_required_and_missing_fails_the_row_and_is_seen_where_it_is()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var results = await harness.ExtractAsync(PipelineHarness.Documents(2), PipelineHarness.Request with { RequireGrounding = true });
        Assert.All(results, static result => Assert.Equal(("ungrounded", 1), (result.Failure!.Reason, result.Attempts)));

        var row = ResultRowReader.Read("""{"key":"k","response":{"candidates":[{"content":{"parts":[{"text":"{}"}]},"finishReason":"STOP","groundingMetadata":{"webSearchQueries":["a","b"],"groundingChunks":[{"web":{"uri":"https://x","title":"X"}}]}}]}}"""u8.ToArray());
        Assert.Equal(["a", "b"], row.Grounding!.Queries);
        Assert.Equal(new GeminiGroundingSource("https://x", "X"), Assert.Single(row.Grounding.Sources));
        Assert.True(row.Grounding.IsGrounded);
        Assert.NotNull(JsonNode.Parse(row.Grounding.Json.Span));
    }

    [Fact]
    public async Task An_answer_that_could_have_been_grounded_and_is_not_is_told_and_never_taken_over_where_grounding_is_required()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var request = PipelineHarness.Request with { Tools = [GeminiTool.GoogleSearch] };
        await using (var extractor = harness.Extractor())
        {
            await using var run = await extractor.OpenAsync<Receipt>("any", PipelineHarness.Documents(2).ToAsyncEnumerable(), request, Token);
            var results = await run.ResultsAsync(Token).ToListAsync(Token);
            Assert.All(results, static result => Assert.Contains("could search", Assert.Single(result.Notes), StringComparison.Ordinal));
            Assert.Contains("show none: 2", Assert.Single((await run.SummaryAsync(Token)).Notes), StringComparison.Ordinal);
        }

        // Not even where the run that holds them requires it meanwhile.
        Assert.All(await harness.ExtractAsync(PipelineHarness.Documents(2), request with { RequireGrounding = true }, run: "any"), static result => Assert.True(result.Succeeded));
        Assert.All(await harness.ExtractAsync(PipelineHarness.Documents(2), request with { RequireGrounding = true }, run: "grounded"), static result => Assert.Equal("ungrounded", result.Failure!.Reason));
        Assert.All(await harness.ExtractAsync(PipelineHarness.Documents(2), request, run: "again"), static result => Assert.True(result.IsCached));
    }
}
