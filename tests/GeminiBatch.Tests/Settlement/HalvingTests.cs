namespace GeminiBatch.Tests.Settlement;

public sealed class HalvingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_that_a_job_is_refused_for_are_found_by_halving_and_the_others_succeed()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var (results, backend, extractor) = await ExtractAsync(harness, 64, "R-7\\n", "R-40\\n");
        await using (extractor)
        {
            Assert.Equal(["receipt-0007", "receipt-0040"], results.Where(static result => !result.Succeeded).Select(static result => result.DocumentId).Order(StringComparer.Ordinal));
            Assert.All(results.Where(static result => !result.Succeeded), static result => Assert.Equal("job_refused", result.Failure!.Reason));
            Assert.Contains("R-7", results.First(static result => result.DocumentId == "receipt-0007").Failure!.Message, StringComparison.Ordinal);
            Assert.All(results, static result => Assert.Equal(1, result.Attempts));
            Assert.InRange(backend.Creations, 12, 2 * 2 * 7);
            await PipelineHarness.RequireSoundAsync(extractor);
        }
    }

    [Fact]
    public async Task A_fault_in_every_row_stops_the_run_instead_of_being_halved_down_to_each()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var extractor = Extractor(harness, out var backend, "Receipt number");
        await using var run = await extractor.OpenAsync<Receipt>("receipts", PipelineHarness.Documents(500).ToAsyncEnumerable(), PipelineHarness.Request, Token);
        var error = await Assert.ThrowsAsync<RunRefusedException>(() => run.CompleteAsync(Token));
        Assert.Equal(RunRefusal.RepeatedFailures, error.Refusal);
        Assert.Contains("is no row", error.Message, StringComparison.Ordinal);
        Assert.InRange(backend().Creations, 30, 60);
        await PipelineHarness.RequireSoundAsync(extractor);
    }

    [Fact]
    public async Task A_job_that_fails_whole_for_its_content_is_halved_and_its_rows_lose_no_attempt()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with
        {
            Faults = [.. Enumerable.Range(1, 3).Select(static shard => new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.FailJob, Status = 3, NamePattern = $"gb-*-1-{shard}-*" })],
        });
        await using var extractor = Extractor(harness, out _);
        var results = await extractor.ExtractAsync<Receipt>("receipts", PipelineHarness.Documents(8), PipelineHarness.Request with { MaxAttempts = 1 }, Token).ToListAsync(Token);
        Assert.All(results, static result => Assert.Equal((true, 3), (result.Succeeded, result.Attempts)));
        Assert.Equal(7, harness.Emulator.Jobs.Count);
        await PipelineHarness.RequireSoundAsync(extractor);
    }

    private static async Task<(List<ExtractionResult<Receipt>> Results, PoisonedBackend Backend, BatchExtractor Extractor)> ExtractAsync(PipelineHarness harness, int documents, params string[] poisons)
    {
        var extractor = Extractor(harness, out var backend, poisons);
        var results = await extractor.ExtractAsync<Receipt>("receipts", PipelineHarness.Documents(documents), PipelineHarness.Request, Token).ToListAsync(Token);
        return (results, backend(), extractor);
    }

    private static BatchExtractor Extractor(PipelineHarness harness, out Func<PoisonedBackend> backend, params string[] poisons)
    {
        PoisonedBackend? made = null;
        backend = () => made!;
        var client = new DeveloperApiClient(new DeveloperApiOptions { ApiKey = PipelineHarness.Key, Endpoint = harness.Emulator.Endpoint }, harness.Clock);
        return BatchExtractor.Create(builder => builder.UseBackend(_ => made = new PoisonedBackend(new DeveloperBackend(client), poisons) { FailureCode = 3 }).UseSqliteLedger(harness.LedgerPath).UseTimeProvider(harness.Clock));
    }
}
