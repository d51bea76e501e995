namespace GeminiBatch.Tests.Submission;

public sealed class SubmissionTests
{
    [Fact]
    public async Task A_creation_whose_reply_is_lost_is_found_again_and_not_repeated()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.LoseReply }],
        });
        var results = await harness.ExtractAsync(PipelineHarness.Documents(5));

        Assert.All(results, static result => Assert.True(result.Succeeded));
        Assert.Single(harness.Emulator.Jobs);
    }

    [Fact]
    public async Task The_same_medium_of_two_accounts_is_a_file_of_each()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var documents = PipelineHarness.Documents(1).Select(static document => document with { Parts = [BatchDocumentPart.Bytes(new byte[] { 1, 2, 3 }, "image/png"), .. document.Parts] }).ToList();

        foreach (var key in (string[])["mine", "theirs"])
        {
            await using var extractor = harness.Extractor(Path.Combine(harness.Folder, $"{key}.db"), key: key);
            Assert.True((await extractor.ExtractAsync<Receipt>("receipts", documents, PipelineHarness.Request, TestContext.Current.CancellationToken).SingleAsync(TestContext.Current.CancellationToken)).Succeeded);
        }
    }

    [Fact]
    public async Task After_a_refused_medium_no_more_of_its_document_are_uploaded()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.StartUpload, Kind = EmulatedFaultKind.Refuse, Status = 400, NamePattern = "gbc-*" }],
        });
        var document = PipelineHarness.Documents(1).Single() with { Parts = [.. Enumerable.Range(0, 40).Select(static number => BatchDocumentPart.Bytes(new[] { (byte)number }, "image/png"))] };

        var results = await harness.ExtractAsync([document, .. PipelineHarness.Documents(1, first: 2)], configure: static options => options.MaxConcurrentUploads = 2);

        Assert.Equal([true, false], results.Select(static result => result.Succeeded).OrderDescending());
        Assert.InRange(harness.Emulator.Calls.Count(static call => call.Operation == EmulatedOperation.StartUpload && call.Name.StartsWith("gbc-", StringComparison.Ordinal)), 1, 6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task Media_are_uploaded_several_at_a_time_and_once_each(int most)
    {
        await using var harness = await PipelineHarness.StartAsync();
        GatheringBackend? backend = null;
        await using var extractor = BatchExtractor.Create(builder => builder
            .UseBackend(_ => backend = new GatheringBackend(new DeveloperBackend(harness.Client()), most))
            .UseSqliteLedger(harness.LedgerPath)
            .UseTimeProvider(harness.Clock)
            .Configure(options => options.MaxConcurrentUploads = most));

        // Each medium is that of two documents, and three documents have none.
        var documents = PipelineHarness.Documents(60).Select(static (document, index) =>
            index % 20 == 7 ? document : document with { Parts = [BatchDocumentPart.Bytes(new[] { (byte)(index / 2), (byte)1, (byte)2 }, "image/png"), .. document.Parts] });
        var results = await extractor.ExtractAsync<Receipt>("receipts", documents, PipelineHarness.Request, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(60, results.Count(static result => result.Succeeded));
        Assert.Equal((30, most), (backend!.Calls, backend.MostAtOnce));
        Assert.Equal(30, extractor.Engine.Ledger.Read(static connection => connection.Number("SELECT count(*) FROM uploads")));
        await PipelineHarness.RequireSoundAsync(extractor);
    }

    [Fact]
    public async Task A_creation_that_never_arrived_is_repeated_after_the_quiet_period()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.LoseRequest, NamePattern = "gb-*-1-1" }],
        });
        var before = harness.Clock.GetUtcNow();
        var results = await harness.ExtractAsync(PipelineHarness.Documents(5));

        Assert.Equal(5, results.Count(static result => result.Succeeded));
        var job = Assert.Single(harness.Emulator.Jobs);
        Assert.EndsWith("-1-2", job.DisplayName, StringComparison.Ordinal);
        Assert.True(job.CreateTime - before >= new GeminiBatchOptions().ReconcileQuietPeriod);
    }

    [Fact]
    public async Task Creations_that_never_arrive_stop_the_run_after_a_while()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.LoseRequest }],
        });
        await Assert.ThrowsAsync<JobCreationUncertainException>(() => harness.ExtractAsync(PipelineHarness.Documents(1), configure: static options => options.MaxConsecutiveErrors = 2));
        Assert.Equal(2, harness.Emulator.Calls.Count(static call => call.Operation == EmulatedOperation.CreateBatch));
        Assert.Empty(harness.Emulator.Jobs);
    }

    [Fact]
    public async Task A_job_that_surfaces_after_the_quiet_period_is_cancelled()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with
        {
            Faults =
            [
                new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.LoseReply, NamePattern = "gb-*-1-1" },
                new EmulatedFault { Operation = EmulatedOperation.ListBatches, Kind = EmulatedFaultKind.StaleList, Delay = TimeSpan.FromMinutes(10), Times = 16 },
            ],
            PendingTime = TimeSpan.FromHours(1),
        });
        var results = await harness.ExtractAsync(PipelineHarness.Documents(5));

        Assert.Equal(5, results.Count(static result => result.Succeeded));
        Assert.Equal(2, harness.Emulator.Jobs.Count);
        var cancelled = Assert.Single(harness.Emulator.Calls, static call => call.Operation == EmulatedOperation.CancelBatch);
        Assert.Equal(harness.Emulator.Jobs[0].DisplayName, cancelled.Name);
    }

    [Fact]
    public async Task A_refusal_for_quota_is_waited_out_and_burns_no_attempt()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.Refuse, Status = 429, RetryDelay = TimeSpan.FromSeconds(90), Times = 4 }],
        });
        var results = await harness.ExtractAsync(PipelineHarness.Documents(3));

        Assert.All(results, static result => Assert.Equal(1, result.Attempts));
        Assert.EndsWith("-1-1", Assert.Single(harness.Emulator.Jobs).DisplayName, StringComparison.Ordinal);
        var tries = harness.Emulator.Calls.Where(static call => call.Operation == EmulatedOperation.CreateBatch).Select(static call => call.Time).ToList();
        Assert.Equal(5, tries.Count);
        Assert.All(tries.Zip(tries.Skip(1)), static pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(90)));
    }

    [Fact]
    public async Task No_more_jobs_are_kept_than_allowed_and_shards_keep_to_their_limit()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var results = await harness.ExtractAsync(PipelineHarness.Documents(50), configure: static options => (options.MaxShardRows, options.MaxConcurrentJobs) = (10, 2));

        Assert.Equal(50, results.Select(static result => result.DocumentId).Distinct().Count());
        Assert.Equal(5, harness.Emulator.Jobs.Count);
        Assert.Equal(5, harness.Emulator.Jobs.Select(static job => job.InputFile).Distinct().Count());
        var second = harness.Emulator.Jobs[1].CreateTime;
        Assert.True(harness.Emulator.Jobs[2].CreateTime - second >= TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_wrong_key_stops_the_run_with_the_backends_words_and_loses_nothing()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using (var extractor = harness.Extractor(key: "bad-key"))
        {
            await using var run = await extractor.OpenAsync<Receipt>("other", PipelineHarness.Documents(2).ToAsyncEnumerable(), PipelineHarness.Request, TestContext.Current.CancellationToken);
            var error = await Assert.ThrowsAsync<GeminiApiException>(() => run.CompleteAsync(TestContext.Current.CancellationToken));
            Assert.Equal(400, error.HttpStatus);
            Assert.DoesNotContain("bad-key", error.ToString(), StringComparison.Ordinal);
        }

        await using var next = harness.Extractor(key: "bad-key");
        Assert.Equal(2, (await next.ListRunsAsync(TestContext.Current.CancellationToken).SingleAsync(TestContext.Current.CancellationToken)).Pending);
    }

    [Fact]
    public async Task Media_are_uploaded_once_before_the_shard_that_names_them()
    {
        await using var harness = await PipelineHarness.StartAsync();
        byte[] image = [1, 2, 3, 4];
        var documents = Enumerable.Range(1, 3).Select(number => new BatchDocument
        {
            Id = $"scan-{number}",
            Parts = [BatchDocumentPart.Bytes(image, "image/png"), BatchDocumentPart.Text(PipelineHarness.Text(number))],
        });
        var results = await harness.ExtractAsync(documents);

        Assert.All(results, static result => Assert.True(result.Succeeded, result.Failure?.Message));
        Assert.Single(harness.Emulator.Calls, static call => call.Operation == EmulatedOperation.StartUpload && call.Name.StartsWith("gbc-", StringComparison.Ordinal));
        Assert.Single(harness.Emulator.Calls, static call => call.Operation == EmulatedOperation.StartUpload && call.Name.StartsWith("gb-", StringComparison.Ordinal));
    }
}
