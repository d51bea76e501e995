using System.Text.Json.Nodes;

namespace GeminiBatch.Tests.Running;

/// <summary>What a run has on Vertex AI that it has not on the Developer API.</summary>
public sealed class VertexRunTests
{
    [Fact]
    public async Task Metadata_travels_as_flat_columns_beside_the_request_and_is_compared_when_it_comes_back()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var extractor = harness.VertexExtractor();
        var documents = PipelineHarness.Documents(3).Select(static document => document.WithMetadata(new Provenance("ACME & Söhne", 2026)));

        await using var run = await extractor.OpenAsync<Receipt>("receipts", documents.ToAsyncEnumerable(), PipelineHarness.Request, TestContext.Current.CancellationToken);
        var summary = await run.CompleteAsync(TestContext.Current.CancellationToken);
        var results = await run.ResultsAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(3, summary.Succeeded);
        Assert.Empty(summary.Notes);
        Assert.All(results, static result => Assert.Equal(new Provenance("ACME & Söhne", 2026), result.MetadataAs<Provenance>()));
        var rows = await SentRowsAsync(harness);
        Assert.All(rows, row =>
        {
            Assert.Equal(("ACME & Söhne", 2026), (row["gb_s_supplier"]!.GetValue<string>(), row["gb_i_year"]!.GetValue<int>()));
            Assert.Equal(row["key"]!.GetValue<string>(), row["request"]!["labels"]!["custom_id"]!.GetValue<string>());
        });
        await PipelineHarness.RequireSoundAsync(extractor);
    }

    [Fact]
    public async Task Metadata_does_not_change_the_key_of_a_row_and_stays_in_the_ledger_on_the_developer_api()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var document = PipelineHarness.Documents(1).Single();

        var plain = await harness.ExtractAsync([document], ledger: Path.Combine(harness.Folder, "one.db"));
        var described = await harness.ExtractAsync([document.WithMetadata(new Provenance("secret-supplier", 1999))], ledger: Path.Combine(harness.Folder, "other.db"));

        Assert.Equal(plain.Single().Key, described.Single().Key);
        Assert.Equal(new Provenance("secret-supplier", 1999), described.Single().MetadataAs<Provenance>());
        var sent = Directory.EnumerateFiles(Path.Combine(harness.Folder, "emulator"), "*", SearchOption.AllDirectories).Where(static file => Path.GetFileName(file) != "lock" && File.ReadAllText(file).Contains("secret-supplier", StringComparison.Ordinal));
        Assert.Empty(sent);
    }

    [Theory]
    [InlineData(true, "https://generativelanguage.googleapis.com/v1beta/files/abc")]
    [InlineData(false, "gs://demo-bucket/receipt.pdf")]
    public async Task An_address_of_the_other_backend_fails_while_planning_and_nothing_is_sent(bool isVertex, string address)
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var extractor = isVertex ? harness.VertexExtractor() : harness.Extractor();

        var result = await extractor.ExtractAsync<Receipt>("receipts", [BatchDocument.FromUri("r-1", address, "application/pdf")], PipelineHarness.Request, TestContext.Current.CancellationToken)
            .SingleAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("r-1", "unreadable_address"), (result.DocumentId, result.Failure!.Reason));
        Assert.Contains(address, result.Failure.Message, StringComparison.Ordinal);
        Assert.Empty(harness.Emulator.Jobs);
    }

    private static async Task<List<JsonNode>> SentRowsAsync(PipelineHarness harness)
    {
        var storage = new VertexAIClient(new VertexAIOptions
        {
            Project = "demo-project",
            Endpoint = harness.Emulator.Endpoint,
            StorageEndpoint = harness.Emulator.Endpoint,
            AccessTokens = new FixedToken(),
        }).Storage;
        var rows = new List<JsonNode>();
        await foreach (var file in storage.ListAsync(new CloudObjectName("demo-bucket", "gemini-batch/input/"), TestContext.Current.CancellationToken))
        {
            using var reader = new StreamReader(await storage.OpenAsync(file, TestContext.Current.CancellationToken));
            while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                rows.Add(JsonNode.Parse(line)!);
            }
        }

        return rows;
    }
}
