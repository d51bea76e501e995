using System.Globalization;
using GeminiBatch.Testing;

namespace GeminiBatch.Pdf.Tests;

/// <summary>PDFs over the limit through a whole run, on both backends of the emulator, which reads their text.</summary>
public sealed class SplitRunTests : IDisposable
{
    private static readonly ExtractionRequest s_request = new() { Prompt = "Extract the statement.", Model = GeminiModels.Flash35Lite };

    private readonly string _folder = Directory.CreateTempSubdirectory("gemini-batch-pdf-").FullName;
    private readonly SkippingClock _clock = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_PDF_over_the_limit_becomes_sections_and_one_result(bool isVertex)
    {
        await using var emulator = await StartAsync();
        Write("long.pdf", ["cover", "Invoice number: A-17", "Total: 12.50 EUR"]);
        Write("short.pdf", ["Invoice number: B-1\nTotal: 3.00 EUR"]);

        var results = await ExtractAsync(emulator, isVertex, s_request);

        Assert.Equal(("A-17", 12.5m), (results["long.pdf"].Value!.InvoiceNumber, results["long.pdf"].Value!.Total));
        Assert.Equal([(1, 3, 1, 1), (2, 3, 2, 2), (3, 3, 3, 3)], results["long.pdf"].Sections.Select(static section => (section.Number, section.Count, section.FirstPage, section.LastPage)));
        Assert.Equal(("B-1", 3m), (results["short.pdf"].Value!.InvoiceNumber, results["short.pdf"].Value!.Total));
        Assert.Empty(results["short.pdf"].Sections);
        Assert.Equal(2, results.Count);
    }

    [Fact]
    public async Task The_rule_is_the_users()
    {
        await using var emulator = await StartAsync();
        Write("long.pdf", ["cover", "Invoice number: A-17\nTotal: 1.00 EUR", "Invoice number: A-18\nTotal: 2.00 EUR"]);

        var combined = await ExtractAsync(emulator, isVertex: false, s_request);
        var first = await ExtractAsync(emulator, isVertex: false, s_request with { Sections = SectionMerge.First });
        var separate = await ExtractAsync(emulator, isVertex: false, s_request with { Sections = SectionMerge.Separate });

        var one = Assert.Single(combined).Value;
        Assert.Equal("A-17", one.Value!.InvoiceNumber);
        Assert.Contains(one.Notes, static note => note.Contains("$.invoiceNumber", StringComparison.Ordinal) && note.Contains("$.total", StringComparison.Ordinal));
        Assert.Equal((3, 3), (one.Sections.Count, one.Usage is null ? 0 : 3));
        Assert.True(string.IsNullOrEmpty(Assert.Single(first).Value.Value!.InvoiceNumber));
        Assert.Equal(["long.pdf#pages=1-1", "long.pdf#pages=2-2", "long.pdf#pages=3-3"], separate.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("A-18", separate["long.pdf#pages=3-3"].Value!.InvoiceNumber);
        Assert.Equal(new DocumentSection("long.pdf", 3, 3, 3, 3), Assert.Single(separate["long.pdf#pages=3-3"].Sections));
    }

    [Fact]
    public async Task Reading_the_same_PDFs_again_sends_nothing_and_keeps_nothing_twice()
    {
        await using var emulator = await StartAsync();
        Write("long.pdf", ["Invoice number: A-17", "Total: 12.50 EUR", "end"]);
        await ExtractAsync(emulator, isVertex: false, s_request);
        var (jobs, kept) = (emulator.Jobs.Count, Kept());

        var again = await ExtractAsync(emulator, isVertex: false, s_request);

        Assert.Equal("A-17", again["long.pdf"].Value!.InvoiceNumber);
        Assert.Equal((jobs, kept), (emulator.Jobs.Count, Kept()));
    }

    [Fact]
    public async Task A_document_that_has_other_sections_now_is_nothing_but_those()
    {
        await using var emulator = await StartAsync();
        Write("a.pdf", ["Invoice number: A-1", "Total: 1.00 EUR", "end"]);
        Assert.Equal(3, (await ExtractAsync(emulator, isVertex: false, s_request))["a.pdf"].Sections.Count);

        Write("a.pdf", ["Invoice number: A-2", "Total: 2.00 EUR"]);
        var shorter = await ExtractAsync(emulator, isVertex: false, s_request);
        Assert.Equal(("A-2", 2m, 2), (shorter["a.pdf"].Value!.InvoiceNumber, shorter["a.pdf"].Value!.Total, shorter["a.pdf"].Sections.Count));

        Write("a.pdf", ["Invoice number: A-3\nTotal: 3.00 EUR"]);
        var whole = await ExtractAsync(emulator, isVertex: false, s_request);
        Assert.Equal(("A-3", 3m, 0), (whole["a.pdf"].Value!.InvoiceNumber, whole["a.pdf"].Value!.Total, whole["a.pdf"].Sections.Count));
        Assert.Single(whole);
    }

    [Theory]
    [InlineData(100_000, 5_500)]
    [InlineData(5_500, 100_000)]
    public async Task Other_limits_cut_again_only_when_that_is_asked_for_and_then_what_stays_is_one_of_more_or_fewer(long before, long after)
    {
        await using var emulator = await StartAsync();
        var noise = string.Concat(Enumerable.Range(0, 400).Select(static i => string.Create(CultureInfo.InvariantCulture, $"{i * 7919 % 99991}")));
        Write("a.pdf", ["Invoice number: A-1", "first", "third\n" + noise, "Total: 4.00 EUR\n" + noise]);
        Action<PdfSplittingOptions> Limit(long bytes) => options => (options.MaxPages, options.MaxBytes) = (2, bytes);

        await ExtractAsync(emulator, isVertex: false, s_request, Limit(before));
        var jobs = emulator.Jobs.Count;
        var kept = Assert.Single(await ExtractAsync(emulator, isVertex: false, s_request, Limit(after))).Value;
        Assert.Equal((jobs, after < before ? 2 : 3), (emulator.Jobs.Count, kept.Sections.Count));

        var result = Assert.Single(await ExtractAsync(emulator, isVertex: false, s_request with { OnRecipeChange = RecipeChange.ExtractAgain }, Limit(after))).Value;

        Assert.Equal(("A-1", 4m), (result.Value!.InvoiceNumber, result.Value.Total));
        Assert.Equal(after < before ? ["1-2 of 3", "3-3 of 3", "4-4 of 3"] : ["1-2 of 2", "3-4 of 2"], result.Sections.Select(static section => $"{section.FirstPage}-{section.LastPage} of {section.Count}"));
    }

    [Fact]
    public async Task A_document_of_which_sections_failed_is_fed_back_whole_and_stays_that_document()
    {
        await using var emulator = await StartAsync(static options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.FailRows, Rows = 2, Status = 3 }],
        });
        Write("a.pdf", ["Invoice number: A-1", "Total: 1.00 EUR", "end"]);
        await ExtractAsync(emulator, isVertex: false, s_request);
        var lines = Path.Combine(_folder, "failures.jsonl");
        await using var extractor = Extractor(emulator, isVertex: false);
        await using (var run = await extractor.ResumeAsync("statements", TestContext.Current.CancellationToken))
        {
            await using var file = File.Create(lines);
            Assert.Equal(1, await run.WriteFailuresAsync(file, TestContext.Current.CancellationToken));
        }

        var same = await extractor.ExtractAsync<Statement>("statements", BatchDocument.FromJsonLines(lines), s_request, TestContext.Current.CancellationToken).SingleAsync(TestContext.Current.CancellationToken);
        await using var sound = await StartAsync(options => options with { StateFolder = Path.Combine(_folder, "sound") });
        await using var elsewhere = Extractor(sound, isVertex: false);
        var other = await elsewhere.ExtractAsync<Statement>("again", BatchDocument.FromJsonLines(lines), s_request, TestContext.Current.CancellationToken).SingleAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("a.pdf", 3, "row_error"), (same.DocumentId, same.Sections.Count, same.Failure!.Reason));
        Assert.Equal(("a.pdf", 3, "A-1", 1m), (other.DocumentId, other.Sections.Count, other.Value!.InvoiceNumber, other.Value.Total));
    }

    [Fact]
    public async Task An_encrypted_and_a_broken_PDF_fail_alone_and_are_extracted_when_they_are_mended()
    {
        await using var emulator = await StartAsync();
        Write("good.pdf", ["Invoice number: A-1\nTotal: 1.00 EUR"]);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "secret.pdf"), SamplePdf.Encrypted(), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "broken.pdf"), "%PDF-1.7 and nothing else"u8.ToArray(), TestContext.Current.CancellationToken);

        var results = await ExtractAsync(emulator, isVertex: false, s_request);

        Assert.Equal("A-1", results["good.pdf"].Value!.InvoiceNumber);
        Assert.Equal(("encrypted_pdf", "broken_pdf"), (results["secret.pdf"].Failure!.Reason, results["broken.pdf"].Failure!.Reason));
        Assert.Contains("secret.pdf", results["secret.pdf"].Failure!.Message, StringComparison.Ordinal);
        Assert.Contains("password", results["secret.pdf"].Failure!.Message, StringComparison.Ordinal);
        await using (var extractor = Extractor(emulator, isVertex: false))
        {
            await using var run = await extractor.ResumeAsync("statements", TestContext.Current.CancellationToken);
            Assert.Equal(0, await run.RetryFailedAsync(cancellationToken: TestContext.Current.CancellationToken));
            var summary = await run.SummaryAsync(TestContext.Current.CancellationToken);
            Assert.Equal((3, 1, 2), (summary.Planned, summary.Succeeded, summary.Failed));
            Assert.Contains((await run.PlanAsync(TestContext.Current.CancellationToken)).Warnings, static warning => warning.Contains("encrypted_pdf", StringComparison.Ordinal));
        }

        Write("secret.pdf", ["Invoice number: S-1"]);
        Assert.Equal("S-1", (await ExtractAsync(emulator, isVertex: false, s_request))["secret.pdf"].Value!.InvoiceNumber);
    }

    [Fact]
    public async Task What_could_not_be_cut_can_be_once_the_limit_allows_it()
    {
        await using var emulator = await StartAsync();
        Write("wide.pdf", ["Invoice number: W-1\n" + string.Concat(Enumerable.Range(0, 700).Select(static i => string.Create(CultureInfo.InvariantCulture, $"{i * 7919 % 99991}"))), "Total: 2.00 EUR"]);

        var refused = await ExtractAsync(emulator, isVertex: false, s_request, options => options.MaxBytes = 2_500);
        var allowed = await ExtractAsync(emulator, isVertex: false, s_request, static options => options.MaxPages = 10);

        Assert.Equal("too_large", refused["wide.pdf"].Failure!.Reason);
        Assert.Equal("W-1", allowed["wide.pdf"].Value!.InvoiceNumber);
    }

    [Fact]
    public async Task The_estimate_counts_the_pages_of_sections_and_of_whole_PDFs()
    {
        await using var emulator = await StartAsync();
        Write("long.pdf", [.. Enumerable.Range(1, 60).Select(static page => $"page {page}")]);
        Write("short.pdf", [.. Enumerable.Range(1, 40).Select(static page => $"page {page}")]);
        await using var extractor = Extractor(emulator, isVertex: false, static options => options.MaxPages = 50);

        await using var run = await extractor.OpenAsync<Statement>("statements", BatchDocument.FromFolder(_folder, "*.pdf", new FolderOptions { Recursive = false }), s_request, TestContext.Current.CancellationToken);

        Assert.InRange((await run.PlanAsync(TestContext.Current.CancellationToken)).InputTokens, 100 * 258, (100 * 258) + 3_000);
    }

    [Fact]
    public async Task One_failed_section_fails_the_document_and_says_which()
    {
        await using var emulator = await StartAsync(static options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.FailRows, Rows = 1, Status = 3 }],
        });
        Write("long.pdf", ["Invoice number: A-17", "Total: 12.50 EUR"]);

        var results = await ExtractAsync(emulator, isVertex: false, s_request);

        var failure = results["long.pdf"].Failure!;
        Assert.Matches(@"^Section [12] of 2 \(pages", failure.Message);
        Assert.Equal("row_error", failure.Reason);
    }

    [Fact]
    public async Task Without_a_splitter_a_PDF_over_the_services_limit_fails_alone_and_says_what_splits_it()
    {
        await using var emulator = await StartAsync();
        var huge = SamplePdf.Of(["Invoice number: A-1"]);
        Array.Resize(ref huge, 50_000_001);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "huge.pdf"), huge, TestContext.Current.CancellationToken);
        Write("good.pdf", ["Invoice number: A-1"]);

        var results = await ExtractAsync(emulator, isVertex: false, s_request, splits: false);

        Assert.Equal("A-1", results["good.pdf"].Value!.InvoiceNumber);
        Assert.Equal("too_large", results["huge.pdf"].Failure!.Reason);
        Assert.Contains("UsePdfSplitting", results["huge.pdf"].Failure!.Message, StringComparison.Ordinal);
    }

    private void Write(string name, IReadOnlyList<string> pages) => File.WriteAllBytes(Path.Combine(_folder, name), SamplePdf.Of(pages));

    private int Kept() => Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Count(static file => file.Contains("content", StringComparison.Ordinal));

    private Task<GeminiEmulator> StartAsync(Func<GeminiEmulatorOptions, GeminiEmulatorOptions>? configure = null)
    {
        var options = new GeminiEmulatorOptions { StateFolder = Path.Combine(_folder, "emulator"), TimeProvider = _clock };
        return GeminiEmulator.StartAsync(configure?.Invoke(options) ?? options);
    }

    private BatchExtractor Extractor(GeminiEmulator emulator, bool isVertex, Action<PdfSplittingOptions>? limits = null, bool splits = true) => BatchExtractor.Create(builder =>
    {
        if (isVertex)
        {
            builder.UseVertexAI(options =>
            {
                (options.Project, options.Location, options.Bucket, options.CreateBucket) = ("demo-project", "global", "demo-bucket", true);
                (options.Endpoint, options.StorageEndpoint, options.AccessTokens) = (emulator.Endpoint, emulator.Endpoint, new AnyToken());
            });
        }
        else
        {
            builder.UseDeveloperApi(options => (options.ApiKey, options.Endpoint) = ("test-key", emulator.Endpoint));
        }

        builder.UseSqliteLedger(Path.Combine(_folder, "ledger.db")).UseTimeProvider(_clock);
        if (splits)
        {
            builder.UsePdfSplitting(limits ?? (static options => options.MaxPages = 1));
        }
    });

    private async Task<Dictionary<string, ExtractionResult<Statement>>> ExtractAsync(
        GeminiEmulator emulator, bool isVertex, ExtractionRequest request, Action<PdfSplittingOptions>? limits = null, bool splits = true)
    {
        await using var extractor = Extractor(emulator, isVertex, limits, splits);
        var results = await extractor.ExtractAsync<Statement>(
            "statements", BatchDocument.FromFolder(_folder, "*.pdf", new FolderOptions { Recursive = false }), request, TestContext.Current.CancellationToken)
            .ToDictionaryAsync(static result => result.DocumentId, cancellationToken: TestContext.Current.CancellationToken);
        await using var run = await extractor.ResumeAsync("statements", TestContext.Current.CancellationToken);
        var exported = await run.EndedResultsAsync(TestContext.Current.CancellationToken).Select(static result => (result.DocumentId, result.Succeeded)).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(results.Select(static entry => (entry.Key, entry.Value.Succeeded)).Order(), exported.Order());
        Assert.Empty(await extractor.CheckAsync(readsAnswers: true, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
        return results;
    }

    private sealed class AnyToken : IAccessTokenSource
    {
        public ValueTask<GeminiAccessToken> GetTokenAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(new GeminiAccessToken("token"));
    }
}
