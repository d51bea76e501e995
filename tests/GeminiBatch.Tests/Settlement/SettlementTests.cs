namespace GeminiBatch.Tests.Settlement;

public sealed class SettlementTests
{
    [Fact]
    public async Task Failed_and_missing_rows_are_sent_again_under_their_own_key_and_succeed()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with
        {
            Faults =
            [
                new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.FailRows, NamePattern = "gb-*-1-1", Status = 13, Rows = 2 },
                new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.DropRows, NamePattern = "gb-*-2-1", Rows = 1 },
                new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.DuplicateRows, NamePattern = "gb-*-2-1", Rows = 2 },
            ],
        });
        var results = await harness.ExtractAsync(PipelineHarness.Documents(20), configure: static options => options.MaxShardRows = 10);

        Assert.Equal(20, results.Count(static result => result.Succeeded));
        Assert.Equal(20, results.Select(static result => result.DocumentId).Distinct().Count());
        Assert.Equal(3, results.Count(static result => result.Attempts == 2));
        Assert.Equal(3, harness.Emulator.Jobs.Count);
    }

    [Fact]
    public async Task A_row_that_fails_every_time_ends_with_its_reason_and_what_to_do()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.FailRows, Status = 13, Rows = 1 }],
        });
        var results = await harness.ExtractAsync(PipelineHarness.Documents(1));

        var result = Assert.Single(results);
        Assert.False(result.Succeeded);
        Assert.Equal("row_error", result.Failure.Reason);
        Assert.Equal(3, result.Attempts);
        Assert.NotEmpty(result.Failure.Advice);
        Assert.Equal(3, harness.Emulator.Jobs.Count);
    }

    [Fact]
    public async Task An_answer_that_does_not_fit_is_asked_for_once_more_and_then_fails_with_the_misfit()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with { Answerer = static (_, _) => """{"number":"R-1"}""" });
        var result = Assert.Single(await harness.ExtractAsync(PipelineHarness.Documents(1)));

        Assert.False(result.Succeeded);
        Assert.Equal("schema_misfit", result.Failure.Reason);
        Assert.Equal(2, result.Attempts);
        Assert.Equal("""{"number":"R-1"}""", result.RawAnswer);
        Assert.Contains(result.Failure.Errors, static error => error.Kind == AnswerErrorKind.MissingRequired);
    }

    [Fact]
    public async Task A_truncated_row_succeeds_with_a_larger_output_budget()
    {
        // Truncation strikes a row's first attempt; what it is asked with the second time is seen by the answerer.
        var budgets = new List<int?>();
        await using var harness = await PipelineHarness.StartAsync(options => options with
        {
            Noise = new EmulatorNoise { Truncation = 1 },
            Answerer = (key, request) =>
            {
                lock (budgets)
                {
                    budgets.Add(request["generationConfig"]?["maxOutputTokens"]?.GetValue<int>());
                }

                return options.Answerer!(key, request);
            },
        });
        await harness.ExtractAsync(PipelineHarness.Documents(1), PipelineHarness.Request with { Settings = new GenerationSettings { MaxOutputTokens = 1_000 } });

        Assert.Equal([1_000, 4_096, 8_192], budgets.Order());
    }

    [Theory]
    [InlineData(EmulatedFaultKind.FailJob)]
    [InlineData(EmulatedFaultKind.ExpireJob)]
    public async Task Rows_of_a_job_that_ends_badly_are_packed_again(EmulatedFaultKind kind)
    {
        await using var harness = await PipelineHarness.StartAsync(options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = kind, NamePattern = "gb-*-1-1", Status = 13 }],
        });
        var results = await harness.ExtractAsync(PipelineHarness.Documents(4));

        Assert.Equal(4, results.Count(static result => result.Succeeded));
        Assert.All(results, static result => Assert.Equal(2, result.Attempts));
    }

    [Fact]
    public async Task Failed_rows_get_their_attempts_again_at_the_users_word()
    {
        var isBroken = true;
        await using var harness = await PipelineHarness.StartAsync(options => options with
        {
            Answerer = (key, request) => Volatile.Read(ref isBroken) ? "nothing" : options.Answerer!(key, request),
        });
        Assert.All(await harness.ExtractAsync(PipelineHarness.Documents(3)), static result => Assert.False(result.Succeeded));
        Volatile.Write(ref isBroken, false);

        await using var extractor = harness.Extractor();
        await using var run = await extractor.ResumeAsync("receipts", TestContext.Current.CancellationToken);
        Assert.Equal(3, await run.RetryFailedAsync(cancellationToken: TestContext.Current.CancellationToken));
        var summary = await run.CompleteAsync(TestContext.Current.CancellationToken);

        Assert.Equal((3L, 3L, 0L), (summary.Planned, summary.Succeeded, summary.Failed));
        Assert.Empty(summary.FailuresByReason);
        await PipelineHarness.RequireSoundAsync(extractor);
    }

    [Theory]
    [InlineData("Succeeded", null, "missing_row", RetryAdvice.Retry, false)]
    [InlineData("PartiallySucceeded", null, "missing_row", RetryAdvice.Retry, false)]
    [InlineData("Expired", null, "job_expired", RetryAdvice.Retry, false)]
    [InlineData("Missing", null, "job_missing", RetryAdvice.Never, false)]
    [InlineData("Failed", 3, "job_failed", RetryAdvice.Never, true)]
    [InlineData("Failed", 9, "job_failed", RetryAdvice.RetryOnce, true)]
    [InlineData("Failed", 13, "job_failed", RetryAdvice.Retry, false)]
    [InlineData("Paused", null, "job_failed", RetryAdvice.Never, false)]
    public void A_jobs_end_decides_on_the_rows_it_did_not_answer(string state, int? code, string reason, RetryAdvice advice, bool isHalved) =>
        Assert.Equal(new JobVerdict(reason, advice, isHalved), JobVerdict.Of(state, code));

    [Fact]
    public async Task A_reason_that_gets_one_more_try_gets_it_also_after_another_reason()
    {
        var calls = 0;
        await using var harness = await PipelineHarness.StartAsync(options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.FailRows, NamePattern = "gb-*-1-1-1", Status = 13 }],
            Answerer = (key, request) => Interlocked.Increment(ref calls) == 1 ? "nothing" : options.Answerer!(key, request),
        });
        var result = Assert.Single(await harness.ExtractAsync(PipelineHarness.Documents(1), PipelineHarness.Request with { MaxAttempts = 5 }));
        Assert.True(result.Succeeded);
        Assert.Equal(3, result.Attempts);
    }

    [Fact]
    public async Task Failures_by_reason_add_up_whatever_documents_join_or_change()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with { Answerer = static (_, _) => "nothing" });
        await harness.ExtractAsync([BatchDocument.FromText("a", PipelineHarness.Text(1))]);
        foreach (var content in (int[])[1, 2, 3])
        {
            await harness.ExtractAsync([BatchDocument.FromText("a", PipelineHarness.Text(content)), BatchDocument.FromText("b", PipelineHarness.Text(content))]);
            await using var extractor = harness.Extractor();
            await using var run = await extractor.ResumeAsync("receipts", TestContext.Current.CancellationToken);
            var summary = await run.SummaryAsync(TestContext.Current.CancellationToken);
            Assert.Equal(2, summary.Failed);
            Assert.Equal(2, Assert.Single(summary.FailuresByReason).Value);
        }
    }
}
