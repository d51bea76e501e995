namespace GeminiBatch.Tests.Documents;

/// <summary>How many addresses are looked at side by side, and how far ahead documents are read for that.</summary>
public sealed class AddressLookupsTests
{
    [Fact]
    public async Task Addresses_of_the_next_documents_are_looked_at_together_and_a_shared_one_once()
    {
        const int Documents = 200;
        await using var harness = await PipelineHarness.StartAsync();
        var backend = new GatheringBackend(new DeveloperBackend(harness.Client()), AddressLookups.MostAhead);
        using var lookups = new AddressLookups(backend);
        var documents = Enumerable.Range(0, Documents).Select(static number => BatchDocument.FromUri($"d-{number}", $"gs://bucket/{number}") with
        {
            Parts = [BatchDocumentPart.Uri($"gs://bucket/{number}"), BatchDocumentPart.Uri("gs://bucket/guideline")],
        });
        var read = new List<string>();

        await foreach (var document in lookups.AheadAsync(documents.ToAsyncEnumerable(), TestContext.Current.CancellationToken))
        {
            var own = (BatchDocumentPart.UriPart)document.Parts[0];
            Assert.Equal(own.Address, (await lookups.FindAsync(own.Address, TestContext.Current.CancellationToken))!.Uri);
            read.Add(document.Id);
        }

        Assert.Equal(Enumerable.Range(0, Documents).Select(static number => $"d-{number}"), read);
        Assert.Equal(Documents + 1, backend.Calls);
        Assert.Equal(AddressLookups.MostAhead, backend.MostAtOnce);
    }

    [Fact]
    public async Task Documents_of_many_addresses_are_read_in_turn_and_what_is_held_in_memory_is_not_read_ahead()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var backend = new GatheringBackend(new DeveloperBackend(harness.Client()), together: 1);
        using var lookups = new AddressLookups(backend);
        var (asked, given) = (0, 0);
        var documents = Enumerable.Range(0, 6).Select(number =>
        {
            asked++;
            BatchDocumentPart[] parts = [.. Enumerable.Range(0, 400).Select(part => BatchDocumentPart.Uri($"gs://bucket/{number}/{part}"))];
            return BatchDocument.FromText($"d-{number}", "text") with { Parts = number < 3 ? parts : [.. parts, BatchDocumentPart.Bytes(new byte[] { 1 }, "image/png")] };
        });

        await foreach (var document in lookups.AheadAsync(documents.ToAsyncEnumerable(), TestContext.Current.CancellationToken))
        {
            given++;
            Assert.True(given < 4 || asked == given, $"{asked} documents were asked for when {given} had been given out.");
            foreach (var part in document.Parts.OfType<BatchDocumentPart.UriPart>())
            {
                Assert.Equal(part.Address, (await lookups.FindAsync(part.Address, TestContext.Current.CancellationToken))!.Uri);
            }
        }

        Assert.Equal((6, 2_400), (given, backend.Calls));
        Assert.InRange(backend.MostAtOnce, 1, AddressLookups.MostAhead);
    }
}
