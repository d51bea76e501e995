namespace GeminiBatch.Tests.Exporting;

public sealed class ExportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Failures_are_written_with_what_was_asked_and_can_be_fed_back_in()
    {
        var isBroken = true;
        await using var harness = await PipelineHarness.StartAsync(options => options with { Answerer = (key, request) => Volatile.Read(ref isBroken) ? "nothing" : options.Answerer!(key, request) });
        BatchDocument[] documents =
        [
            BatchDocument.FromText("a", PipelineHarness.Text(1)).WithMetadata(new Provenance("Acme", 2025)),
            BatchDocument.FromText("b", PipelineHarness.Text(2)) with { Parts = [BatchDocumentPart.Bytes(new byte[] { 1, 2, 3 }, "image/png"), BatchDocumentPart.Uri("https://example.com/x.pdf", "application/pdf"), BatchDocumentPart.Text(PipelineHarness.Text(2))] },
        ];
        await harness.ExtractAsync(documents);
        var path = Path.Combine(harness.Folder, "failures.jsonl");
        await using (var extractor = harness.Extractor())
        {
            await using var run = await extractor.ResumeAsync("receipts", Token);
            await using var file = File.Create(path);
            Assert.Equal(2, await run.WriteFailuresAsync(file, Token));
        }

        Volatile.Write(ref isBroken, false);
        await using var again = harness.Extractor(Path.Combine(harness.Folder, "other.db"));
        var results = await again.ExtractAsync<Receipt>("again", BatchDocument.FromJsonLines(path), PipelineHarness.Request, Token).ToListAsync(Token);
        Assert.Equal(["a R-1", "b R-2"], results.Select(static result => $"{result.DocumentId} {result.Value!.Number}").Order(StringComparer.Ordinal));
        Assert.Equal(new Provenance("Acme", 2025), results.Single(static result => result.DocumentId == "a").MetadataAs<Provenance>());
    }

    [Fact]
    public async Task A_line_that_is_no_document_is_named()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var path = Path.Combine(harness.Folder, "lines.jsonl");
        await File.WriteAllTextAsync(path, "{\"id\":\"a\",\"text\":\"x\"}\n\n{\"text\":\"no id\"}\n", Token);
        var error = await Assert.ThrowsAsync<DocumentException>(async () => await BatchDocument.FromJsonLines(path).ToListAsync(Token));
        Assert.Contains("Line 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_document_said_before_it_changed_stays_readable_until_it_has_a_new_answer()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await harness.ExtractAsync(PipelineHarness.Documents(3));
        await using var extractor = harness.Extractor();
        BatchDocument[] changed = [.. PipelineHarness.Documents(2), BatchDocument.FromText("receipt-0003", PipelineHarness.Text(3, total: 99m))];
        await using var run = await extractor.OpenAsync<Receipt>("receipts", changed.ToAsyncEnumerable(), PipelineHarness.Request, Token);
        await run.PlanAsync(Token);
        var before = await run.EndedResultsAsync(Token).ToListAsync(Token);
        Assert.Equal(3, before.Count);
        Assert.Single(Assert.Single(before, static result => result.DocumentId == "receipt-0003").Notes);
        await run.CompleteAsync(Token);
        var after = await run.EndedResultsAsync(Token).ToListAsync(Token);
        Assert.Equal(3, after.Count);
        Assert.All(after, static result => Assert.Empty(result.Notes));
    }
}
