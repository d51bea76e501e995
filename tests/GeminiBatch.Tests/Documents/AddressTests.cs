using System.Text;
using System.Text.Json.Nodes;

namespace GeminiBatch.Tests.Documents;

/// <summary>Documents that a backend reads by an address, and media in the row itself.</summary>
public sealed class AddressTests
{
    private const string Receipt = "Invoice number: R-77\nTotal: 12.50 EUR\n";

    [Fact]
    public async Task A_file_of_the_Files_API_is_named_by_its_address_and_keyed_by_its_hash()
    {
        await using var harness = await StartAsync();
        await UploadAsync(harness, "mine", "text/plain", Receipt);
        var first = await harness.ExtractAsync([BatchDocument.FromUri("r", "files/mine")], ledger: Path.Combine(harness.Folder, "one.db"));
        await harness.Client().Files.DeleteAsync("files/mine", TestContext.Current.CancellationToken);
        await UploadAsync(harness, "mine", "text/plain", Receipt.Replace("77", "78", StringComparison.Ordinal));
        var second = await harness.ExtractAsync([BatchDocument.FromUri("r", "files/mine")], ledger: Path.Combine(harness.Folder, "other.db"));

        Assert.Equal(("R-77", "R-78"), (first.Single().Value!.Number, second.Single().Value!.Number));
        Assert.NotEqual(first.Single().Key, second.Single().Key);
    }

    [Fact]
    public async Task An_object_in_a_bucket_is_keyed_by_its_generation_and_typed_by_what_it_was_stored_as()
    {
        await using var harness = await StartAsync();
        await PutAsync(harness, Receipt);
        var first = await ExtractOnVertexAsync(harness, "one.db");
        await PutAsync(harness, Receipt.Replace("77", "78", StringComparison.Ordinal));
        var second = await ExtractOnVertexAsync(harness, "other.db");

        Assert.Equal(("R-77", "R-78"), (first.Value!.Number, second.Value!.Number));
        Assert.NotEqual(first.Key, second.Key);
    }

    [Theory]
    [InlineData(false, "files/gone", "missing_address")]
    [InlineData(true, "gs://demo-bucket/gone.txt", "missing_address")]
    [InlineData(false, "http://example.com/a.pdf", "unreadable_address")]
    [InlineData(false, "a/local/file.pdf", "unreadable_address")]
    [InlineData(false, "https://example.com/report?format=pdf&signature=secret", "unknown_type")]
    [InlineData(false, "ftp://me:secret@example.com/a.pdf", "unreadable_address")]
    public async Task What_cannot_be_read_by_its_address_fails_alone_with_a_named_reason(bool isVertex, string address, string reason)
    {
        await using var harness = await StartAsync();
        if (isVertex)
        {
            await PutAsync(harness, Receipt);
        }

        await using var extractor = isVertex ? harness.VertexExtractor() : harness.Extractor();
        var results = await extractor.ExtractAsync<Receipt>("receipts", [BatchDocument.FromUri("r", address), BatchDocument.FromText("text", Receipt)], PipelineHarness.Request, TestContext.Current.CancellationToken)
            .ToDictionaryAsync(static result => result.DocumentId, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("R-77", results["text"].Value!.Number);
        Assert.Equal(reason, results["r"].Failure!.Reason);
        Assert.Contains("'r'", results["r"].Failure!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", results["r"].Failure!.Message, StringComparison.Ordinal);
        await PipelineHarness.RequireSoundAsync(extractor);
    }

    [Fact]
    public async Task A_document_that_was_not_there_is_extracted_once_it_is()
    {
        await using var harness = await StartAsync();
        Assert.Equal("missing_address", (await harness.ExtractAsync([BatchDocument.FromUri("r", "files/mine")])).Single().Failure!.Reason);
        await UploadAsync(harness, "mine", "text/plain", Receipt);

        Assert.Equal("R-77", (await harness.ExtractAsync([BatchDocument.FromUri("r", "files/mine")])).Single().Value!.Number);
    }

    [Fact]
    public async Task A_lookup_that_the_service_refuses_stops_planning_and_names_the_document()
    {
        await using var harness = await StartAsync(static options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.GetFile, Kind = EmulatedFaultKind.Refuse, Status = 401, Times = 100 }],
        });

        var error = await Assert.ThrowsAsync<GeminiApiException>(() => harness.ExtractAsync([BatchDocument.FromUri("r", "files/mine")]));

        Assert.Equal(401, error.HttpStatus);
        Assert.Contains("'r'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_whose_file_has_run_out_keeps_the_answer_that_it_has()
    {
        await using var harness = await StartAsync();
        await UploadAsync(harness, "mine", "text/plain", Receipt);
        var first = (await harness.ExtractAsync([BatchDocument.FromUri("r", "files/mine")])).Single();
        await harness.Client().Files.DeleteAsync("files/mine", TestContext.Current.CancellationToken);
        var jobs = harness.Emulator.Jobs.Count;

        var second = (await harness.ExtractAsync([BatchDocument.FromUri("r", "files/mine")])).Single();

        Assert.Equal((first.Key, "R-77"), (second.Key, second.Value?.Number));
        Assert.Equal(jobs, harness.Emulator.Jobs.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whether_the_login_may_look_at_an_object_does_not_pay_for_it_again(int refused)
    {
        await using var harness = await StartAsync(options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.GetFile, Kind = EmulatedFaultKind.Refuse, Status = 403, NamePattern = "inbox/receipt", Attempt = refused }],
        });
        await PutAsync(harness, Receipt);
        var first = await ExtractOnVertexAsync(harness, "one.db", "text/plain");
        var jobs = harness.Emulator.Jobs.Count;
        var second = await ExtractOnVertexAsync(harness, "one.db", "text/plain");

        Assert.Equal(("R-77", first.Key), (second.Value?.Number, second.Key));
        Assert.Equal(jobs, harness.Emulator.Jobs.Count);
    }

    [Fact]
    public async Task What_the_estimate_and_the_keys_cannot_know_of_addresses_is_a_warning()
    {
        await using var harness = await StartAsync(static options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.GetFile, Kind = EmulatedFaultKind.Refuse, Status = 403, NamePattern = "inbox/receipt" }],
        });
        await PutAsync(harness, Receipt);
        await using var extractor = harness.VertexExtractor();
        BatchDocument[] documents = [BatchDocument.FromUri("object", "gs://demo-bucket/inbox/receipt", "application/pdf"), BatchDocument.FromUri("page", "https://example.com/a.pdf")];
        await using var run = await extractor.OpenAsync<Receipt>("receipts", documents.ToAsyncEnumerable(), PipelineHarness.Request, TestContext.Current.CancellationToken);

        var plan = await run.PlanAsync(TestContext.Current.CancellationToken);

        Assert.Contains(plan.Warnings, static warning => warning.StartsWith("Addresses of unknown size: 2.", StringComparison.Ordinal));
        Assert.Contains(plan.Warnings, static warning => warning.StartsWith("Objects that are asked about without their generation: 1.", StringComparison.Ordinal));
        Assert.InRange(plan.InputTokens, 2 * 258_000, (2 * 258_000) + 1_000);
    }

    [Fact]
    public async Task Equal_files_of_the_Files_API_are_one_row_whatever_their_names()
    {
        await using var harness = await StartAsync();
        await UploadAsync(harness, "mine", "text/plain", Receipt);
        await UploadAsync(harness, "other", "text/plain", Receipt);

        var results = await harness.ExtractAsync([BatchDocument.FromUri("a", "files/mine"), BatchDocument.FromUri("b", "files/other")]);

        Assert.Single(results.Select(static result => result.Key).Distinct());
        Assert.Single(SentRows(harness));
    }

    [Fact]
    public async Task A_row_that_was_not_sent_yet_names_the_address_at_which_its_content_lies_now()
    {
        await using var harness = await StartAsync();
        await UploadAsync(harness, "mine", "text/plain", Receipt);
        await using (var extractor = harness.Extractor())
        {
            await using var run = await extractor.OpenAsync<Receipt>("receipts", new[] { BatchDocument.FromUri("r", "files/mine") }.ToAsyncEnumerable(), PipelineHarness.Request, TestContext.Current.CancellationToken);
            await run.PlanAsync(TestContext.Current.CancellationToken);
        }

        await harness.Client().Files.DeleteAsync("files/mine", TestContext.Current.CancellationToken);
        await UploadAsync(harness, "other", "text/plain", Receipt);

        Assert.Equal("R-77", (await harness.ExtractAsync([BatchDocument.FromUri("r", "files/other")])).Single().Value?.Number);
    }

    [Fact]
    public async Task Video_is_waited_for_until_the_service_has_prepared_it()
    {
        await using var harness = await StartAsync(static options => options with { ProcessingTime = TimeSpan.FromMinutes(3) });
        byte[] video = [0, 0, 0, 0x18, .. "ftypisom"u8, 1, 2, 3, 4];
        await File.WriteAllBytesAsync(Path.Combine(harness.Folder, "clip.bin"), video, TestContext.Current.CancellationToken);

        var results = await harness.ExtractAsync([new BatchDocument { Id = "clip", Parts = [BatchDocumentPart.LocalFile(Path.Combine(harness.Folder, "clip.bin")), BatchDocumentPart.Text(Receipt)] }]);

        Assert.True(results.Single().Succeeded, results.Single().Failure?.Message);
        Assert.Equal(1, results.Single().Attempts);
        Assert.True(harness.Emulator.Calls.Count(static call => call.Operation == EmulatedOperation.GetFile) > 10);
    }

    [Fact]
    public async Task A_medium_that_is_never_ready_fails_its_document_alone()
    {
        await using var harness = await StartAsync(static options => options with { ProcessingTime = TimeSpan.FromDays(1) });
        BatchDocument[] documents =
        [
            new() { Id = "clip", Parts = [BatchDocumentPart.Bytes(new byte[] { 1, 2 }, "video/mp4")] },
            BatchDocument.FromText("text", Receipt),
        ];

        var results = (await harness.ExtractAsync(documents)).ToDictionary(static result => result.DocumentId);

        Assert.Equal("R-77", results["text"].Value!.Number);
        Assert.Equal("content_refused", results["clip"].Failure!.Reason);
        Assert.Contains("still being processed", results["clip"].Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_are_in_the_row_when_that_was_asked_for_and_only_then()
    {
        await using var harness = await StartAsync();
        var media = Encoding.UTF8.GetBytes(Receipt);
        BatchDocument[] documents =
        [
            new() { Id = "inline", Parts = [BatchDocumentPart.InlineBytes(media, "text/plain")] },
            new() { Id = "uploaded", Parts = [BatchDocumentPart.Bytes(new byte[] { 1, 2, 3 }, "image/png"), BatchDocumentPart.Text(Receipt)] },
        ];

        var results = await harness.ExtractAsync(documents);

        Assert.All(results, static result => Assert.Equal("R-77", result.Value?.Number));
        var rows = SentRows(harness).Select(static row => row["request"]!.ToJsonString()).ToList();
        Assert.Single(rows, row => row.Contains($"\"inlineData\":{{\"mimeType\":\"text/plain\",\"data\":\"{Convert.ToBase64String(media)}\"", StringComparison.Ordinal));
        Assert.Single(rows, static row => row.Contains("fileData", StringComparison.Ordinal) && !row.Contains("inlineData", StringComparison.Ordinal));
        var error = await Assert.ThrowsAsync<DocumentException>(() => harness.ExtractAsync([new BatchDocument { Id = "big", Parts = [BatchDocumentPart.InlineBytes(new byte[7_125_000], "image/png"), BatchDocumentPart.InlineBytes(new byte[7_125_000], "image/png")] }], run: "big"));
        Assert.Equal("too_large", error.Reason);
    }

    [Fact]
    public async Task A_medium_whose_copy_is_gone_stops_the_run_by_name_and_planning_again_mends_it()
    {
        await using var harness = await StartAsync();
        BatchDocument[] documents = [new() { Id = "r", Parts = [BatchDocumentPart.Bytes(new byte[] { 1, 2, 3 }, "image/png"), BatchDocumentPart.Text(Receipt)] }];
        await using (var extractor = harness.Extractor())
        {
            await using (var planned = await extractor.OpenAsync<Receipt>("receipts", documents.ToAsyncEnumerable(), PipelineHarness.Request, TestContext.Current.CancellationToken))
            {
                await planned.PlanAsync(TestContext.Current.CancellationToken);
            }

            Directory.Delete(Path.Combine(harness.LedgerPath + ".spool", "content"), recursive: true);
            await using var run = await extractor.ResumeAsync("receipts", TestContext.Current.CancellationToken);

            var error = await Assert.ThrowsAsync<LedgerException>(() => run.CompleteAsync(TestContext.Current.CancellationToken));

            Assert.Equal(LedgerProblem.SpoolDamaged, error.Problem);
            Assert.Contains("content", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal("R-77", Assert.Single(await harness.ExtractAsync(documents)).Value!.Number);
    }

    [Fact]
    public async Task An_upload_is_used_again_by_other_runs_and_ledgers_and_made_anew_before_it_expires()
    {
        await using var harness = await StartAsync();
        BatchDocument Document(int number) => new() { Id = $"r-{number}", Parts = [BatchDocumentPart.Bytes(new byte[] { 1, 2, 3 }, "image/png"), BatchDocumentPart.Text(PipelineHarness.Text(number))] };

        await harness.ExtractAsync([Document(1)]);
        await harness.ExtractAsync([Document(2)], run: "second");
        await harness.ExtractAsync([Document(3)], ledger: Path.Combine(harness.Folder, "other.db"));
        Assert.Single(Uploads(harness));
        harness.Clock.Advance(TimeSpan.FromHours(23));
        await harness.ExtractAsync([Document(1), Document(4)]);
        Assert.InRange(Uploads(harness).Count, 1, 2);
        var before = Uploads(harness).Count;
        harness.Clock.Advance(TimeSpan.FromHours(26));
        await harness.ExtractAsync([Document(1), Document(4), Document(5)]);

        Assert.Equal(before + 1, Uploads(harness).Count);
        Assert.Equal(Uploads(harness).Count, Uploads(harness).Distinct(StringComparer.Ordinal).Count());
    }

    private static Task<PipelineHarness> StartAsync(Func<GeminiEmulatorOptions, GeminiEmulatorOptions>? configure = null) =>
        PipelineHarness.StartAsync(options => (configure?.Invoke(options) ?? options) with { Answerer = null });

    private static List<string> Uploads(PipelineHarness harness) =>
        [.. harness.Emulator.Calls.Where(static call => call.Operation == EmulatedOperation.StartUpload && call.Name.StartsWith("gbc-", StringComparison.Ordinal)).Select(static call => call.Name)];

    private static async Task UploadAsync(PipelineHarness harness, string name, string mimeType, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        using var stream = new MemoryStream(bytes);
        await harness.Client().Files.UploadAsync(stream, new GeminiUpload { Name = name, MimeType = mimeType, Size = bytes.Length }, TestContext.Current.CancellationToken);
    }

    private static async Task PutAsync(PipelineHarness harness, string text)
    {
        var storage = new VertexAIClient(new VertexAIOptions
        {
            Project = "demo-project",
            Endpoint = harness.Emulator.Endpoint,
            StorageEndpoint = harness.Emulator.Endpoint,
            AccessTokens = new FixedToken(),
        }).Storage;
        if (await storage.FindBucketAsync("demo-bucket", TestContext.Current.CancellationToken) is null)
        {
            await storage.CreateBucketAsync("demo-bucket", "us-central1", "gemini-batch", TestContext.Current.CancellationToken);
        }

        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await storage.UploadAsync(stream, new CloudUpload { Name = new CloudObjectName("demo-bucket", "inbox/receipt"), ContentType = "text/plain", Size = stream.Length }, TestContext.Current.CancellationToken);
    }

    private static async Task<ExtractionResult<Receipt>> ExtractOnVertexAsync(PipelineHarness harness, string ledger, string? mimeType = null)
    {
        await using var extractor = harness.VertexExtractor(Path.Combine(harness.Folder, ledger));
        return await extractor.ExtractAsync<Receipt>("receipts", [BatchDocument.FromUri("r", "gs://demo-bucket/inbox/receipt", mimeType)], PipelineHarness.Request, TestContext.Current.CancellationToken)
            .SingleAsync(TestContext.Current.CancellationToken);
    }

    private static IEnumerable<JsonNode> SentRows(PipelineHarness harness) =>
        Directory.EnumerateFiles(Path.Combine(harness.Folder, "emulator"), "*", SearchOption.AllDirectories)
            .Where(static file => Path.GetFileName(file) != "lock")
            .Select(File.ReadAllText)
            .Where(static text => text.StartsWith("{\"key\"", StringComparison.Ordinal) && text.Contains("\"request\"", StringComparison.Ordinal))
            .SelectMany(static text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Select(static line => JsonNode.Parse(line)!);
}
