namespace GeminiBatch.Tests;

public sealed class A_run
{
    [Fact]
    public async Task Extracts_typed_records_and_accounts_for_every_document()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var results = await harness.ExtractAsync(PipelineHarness.Documents(40));

        Assert.Equal(40, results.Count);
        Assert.All(results, static result => Assert.True(result.Succeeded, result.Failure?.Message));
        var third = Assert.Single(results, static result => result.DocumentId == "receipt-0003");
        Assert.Equal(new Receipt("R-3", 3.75m), third.Value);
        Assert.Equal(1, third.Attempts);
        Assert.NotNull(third.Usage);
        Assert.Single(harness.Emulator.Jobs);
    }

    [Fact]
    public async Task A_second_run_over_the_same_documents_submits_nothing_and_returns_the_same()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var first = await harness.ExtractAsync(PipelineHarness.Documents(10));
        await using var extractor = harness.Extractor();
        await using var run = await extractor.OpenAsync<Receipt>("receipts", PipelineHarness.Documents(10).ToAsyncEnumerable(), PipelineHarness.Request, TestContext.Current.CancellationToken);
        var summary = await run.CompleteAsync(TestContext.Current.CancellationToken);
        var second = await run.ResultsAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, summary.JobsSubmitted);
        Assert.Equal(first.Select(static result => (result.DocumentId, result.Value)), second.Select(static result => (result.DocumentId, result.Value)));
        Assert.Single(harness.Emulator.Jobs);
    }
}
