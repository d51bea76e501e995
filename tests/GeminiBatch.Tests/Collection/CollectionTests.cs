namespace GeminiBatch.Tests.Collection;

public sealed class CollectionTests
{
    private const string Disabled =
        """{"error":{"code":403,"message":"Generative Language API has not been used in project 1 before or it is disabled.","status":"PERMISSION_DENIED","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"SERVICE_DISABLED"}]}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(EmulatedOperation.DownloadFile, 1)]
    [InlineData(EmulatedOperation.GetBatch, 1)]
    [InlineData(EmulatedOperation.GetBatch, 2)]
    public async Task One_refusal_stops_the_run_and_gives_up_nothing_that_is_paid(EmulatedOperation operation, int attempt)
    {
        await using var harness = await PipelineHarness.StartAsync(options => options with
        {
            Faults = [new EmulatedFault { Operation = operation, Kind = EmulatedFaultKind.Refuse, Status = 403, Attempt = attempt, Body = Disabled }],
        });
        Assert.Equal(403, (await Assert.ThrowsAsync<GeminiApiException>(() => harness.ExtractAsync(PipelineHarness.Documents(5)))).HttpStatus);
        Assert.Equal(5, (await harness.ExtractAsync(PipelineHarness.Documents(5))).Count(static result => result.Succeeded));
        Assert.Single(harness.Emulator.Jobs);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_answer_about_a_job_that_is_older_than_the_last_one_costs_nothing(int attempt)
    {
        await using var harness = await PipelineHarness.StartAsync(options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.GetBatch, Kind = EmulatedFaultKind.WithholdOutput, Attempt = attempt, Times = 3 }],
        });
        Assert.All(await harness.ExtractAsync(PipelineHarness.Documents(5)), static result => Assert.Equal((true, 1), (result.Succeeded, result.Attempts)));
        Assert.Single(harness.Emulator.Jobs);
    }

    [Fact]
    public async Task Results_that_have_expired_end_their_rows_and_are_paid_for_again_only_with_consent()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await StopAsync(harness, "submit.record:after", PipelineHarness.Documents(5));
        harness.Clock.Advance(TimeSpan.FromHours(49));
        var results = await harness.ExtractAsync(PipelineHarness.Documents(5));
        Assert.All(results, static result => Assert.True(result.Failure!.Reason is "results_expired" or "job_missing", result.Failure.Reason));

        await using (var extractor = harness.Extractor())
        {
            await using var run = await extractor.ResumeAsync("receipts", Token);
            Assert.Equal(0, await run.RetryFailedAsync(cancellationToken: Token));
            Assert.Equal(5, (await run.CompleteAsync(Token)).Failed);
            Assert.Equal(5, await run.RetryFailedAsync(payAgain: true, Token));
            Assert.Equal(5, (await run.CompleteAsync(Token)).Succeeded);
        }

        Assert.Equal(2, harness.Emulator.Jobs.Count);
    }

    [Theory]
    [InlineData("stage.record:after")]
    [InlineData("stage.content-recorded:after")]
    public async Task What_was_uploaded_and_has_expired_is_uploaded_again(string point)
    {
        await using var harness = await PipelineHarness.StartAsync();
        BatchDocument[] documents = [.. PipelineHarness.Documents(3).Select(static document => document with { Parts = [BatchDocumentPart.Bytes(new byte[] { 1, 2, 3 }, "image/png"), .. document.Parts] })];
        await StopAsync(harness, point, documents);
        harness.Clock.Advance(TimeSpan.FromHours(49));
        Assert.All(await harness.ExtractAsync(documents), static result => Assert.True(result.Succeeded));
        Assert.Single(harness.Emulator.Jobs);
        Assert.Equal(2, harness.Emulator.Calls.Where(static call => call.Operation == EmulatedOperation.StartUpload && call.Name.StartsWith("gbc-", StringComparison.Ordinal)).Select(static call => call.Name).Distinct().Count());
    }

    [Fact]
    public async Task Rows_that_a_cancelled_job_returns_as_errors_are_sent_again()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.FailRows, NamePattern = "gb-*-1-1-1", Status = 1, Rows = 2 }],
        });
        Assert.All(await harness.ExtractAsync(PipelineHarness.Documents(5)), static result => Assert.True(result.Succeeded));
    }

    private static async Task StopAsync(PipelineHarness harness, string point, IEnumerable<BatchDocument> documents)
    {
        await using var extractor = harness.Extractor();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        extractor.Engine.Fault = met =>
        {
            if (met == point)
            {
                stop.Cancel();
            }
        };
        await using var run = await extractor.OpenAsync<Receipt>("receipts", documents.ToAsyncEnumerable(), PipelineHarness.Request, Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.CompleteAsync(stop.Token));
    }
}
