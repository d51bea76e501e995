namespace GeminiBatch.Tests.Running;

public sealed class DrivingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cap_that_forbids_more_does_not_keep_what_is_paid_from_being_collected()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using (var extractor = harness.Extractor())
        {
            await using var run = await Open(extractor, PipelineHarness.Documents(5));
            await StopAsync(extractor, run.CompleteAsync, "submit.record:after");
        }

        await using (var extractor = harness.Extractor())
        {
            await using var run = await Open(extractor, PipelineHarness.Documents(200), PipelineHarness.Request with { MaxCost = 0.01m });
            var error = await Assert.ThrowsAsync<RunRefusedException>(() => run.CompleteAsync(Token));
            Assert.Equal(RunRefusal.CostCap, error.Refusal);
            Assert.Equal((5L, 195L), await CountsAsync(run));
        }

        Assert.Single(harness.Emulator.Jobs);
    }

    [Fact]
    public async Task What_is_waited_for_to_be_tried_again_is_told_with_its_reason_until_then()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.StartUpload, Kind = EmulatedFaultKind.Refuse, Status = 503, Times = 9 }],
        });
        await using var extractor = harness.Extractor();
        await using var run = await Open(extractor, PipelineHarness.Documents(1));
        var notices = new List<string?>();
        extractor.Engine.Fault = point =>
        {
            if (point is "stage.postpone:before" or "submit.create:before")
            {
                notices.Add(run.ProgressAsync(Token).GetAwaiter().GetResult().Notice);
            }
        };

        await run.CompleteAsync(Token);

        Assert.True(notices.Count > 1);
        Assert.All(notices.SkipLast(1), static notice => Assert.Matches("^Next try in [0-9]+ s, upload of shard 1: .*503", notice));
        Assert.Null(notices[^1]);
    }

    [Fact]
    public async Task A_medium_that_is_refused_ends_its_own_document_and_the_others_go_on()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with
        {
            Faults =
            [
                new EmulatedFault
                {
                    Operation = EmulatedOperation.StartUpload, Kind = EmulatedFaultKind.Refuse, Status = 400, NamePattern = "gbc-*", Times = 100,
                    Body = """{"error":{"code":400,"message":"Unsupported MIME type: application/vnd.ms-excel","status":"INVALID_ARGUMENT"}}""",
                },
            ],
        });
        var documents = PipelineHarness.Documents(20).Select(static (document, index) =>
            index == 12 ? document with { Parts = [BatchDocumentPart.Bytes(new byte[] { 1, 2, 3 }, "application/vnd.ms-excel"), .. document.Parts] } : document);
        var results = await harness.ExtractAsync(documents, configure: static options => (options.MaxShardRows, options.MaxConcurrentJobs) = (5, 4));

        Assert.Equal(19, results.Count(static result => result.Succeeded));
        var refused = Assert.Single(results, static result => !result.Succeeded);
        Assert.Equal(("receipt-0013", "content_refused"), (refused.DocumentId, refused.Failure!.Reason));
        Assert.Contains("application/vnd.ms-excel", refused.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_while_documents_are_still_read_sends_nothing()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var extractor = harness.Extractor();
        var (reading, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        async IAsyncEnumerable<BatchDocument> Documents()
        {
            foreach (var document in PipelineHarness.Documents(5))
            {
                yield return document;
            }

            reading.SetResult();
            await gate.Task;
        }

        await using var run = await extractor.OpenAsync<Receipt>("receipts", Documents(), PipelineHarness.Request, Token);
        var driving = run.CompleteAsync(Token);
        await reading.Task;
        var cancelling = run.CancelAsync(Token);
        gate.SetResult();
        await cancelling;

        Assert.Equal(5, (await driving).Pending);
        Assert.Empty(harness.Emulator.Jobs);
        Assert.Equal(5, (await run.CompleteAsync(Token)).Succeeded);
    }

    [Fact]
    public async Task A_cancellation_that_was_interrupted_still_costs_its_rows_no_attempt()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with { PendingTime = TimeSpan.FromHours(5) });
        await using var extractor = harness.Extractor();
        var request = PipelineHarness.Request with { MaxAttempts = 1 };
        await using (var run = await Open(extractor, PipelineHarness.Documents(5), request))
        {
            await StopAsync(extractor, run.CompleteAsync, "submit.record:after");
            await StopAsync(extractor, run.CancelAsync, "cancel.asked:after");
        }

        await using var again = await Open(extractor, PipelineHarness.Documents(5), request);
        Assert.Equal(5, (await again.CompleteAsync(Token)).Succeeded);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    public async Task A_job_that_cannot_be_cancelled_does_not_keep_the_others_from_it(int status)
    {
        await using var harness = await PipelineHarness.StartAsync(options => options with
        {
            PendingTime = TimeSpan.FromHours(5),
            Faults = [new EmulatedFault { Operation = EmulatedOperation.CancelBatch, Kind = EmulatedFaultKind.Refuse, Status = status, NamePattern = "gb-*-1-1-*", Times = 100 }],
        });
        await using var extractor = harness.Extractor(configure: static options => (options.MaxShardRows, options.MaxConcurrentJobs) = (5, 4));
        await using var run = await Open(extractor, PipelineHarness.Documents(20));
        await StopAsync(extractor, run.CompleteAsync, "submit.record:after", occurrence: 4);
        if (status == 404)
        {
            await run.CancelAsync(Token);
        }
        else
        {
            await Assert.ThrowsAsync<GeminiApiException>(() => run.CancelAsync(Token));
        }

        Assert.Equal(4, harness.Emulator.Calls.Count(static call => call.Operation == EmulatedOperation.CancelBatch));
        Assert.Equal(20, (await run.CompleteAsync(Token)).Succeeded);
    }

    [Fact]
    public async Task Who_joins_while_another_leaves_is_not_stopped_with_it()
    {
        await using var harness = await PipelineHarness.StartAsync();
        for (var round = 0; round < 20; round++)
        {
            await using var extractor = harness.Extractor();
            await using var run = await Open(extractor, PipelineHarness.Documents(3, first: 1 + (10 * round)), run: $"run-{round}");
            using var stop = new CancellationTokenSource();
            using var isUploading = new SemaphoreSlim(0);
            using var mayUpload = new SemaphoreSlim(0);
            var isFirst = true;
            extractor.Engine.Fault = point =>
            {
                if (point == "stage.upload:before" && isFirst)
                {
                    isFirst = false;
                    isUploading.Release();
                    mayUpload.Wait(Token);
                }
            };
            var first = run.CompleteAsync(stop.Token);
            await isUploading.WaitAsync(Token);
            await stop.CancelAsync();
            var second = run.CompleteAsync(Token);
            mayUpload.Release();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
            Assert.Equal(3, (await second).Succeeded);
        }
    }

    [Fact]
    public async Task A_ledger_that_could_not_be_opened_once_can_be_opened_later()
    {
        await using var harness = await PipelineHarness.StartAsync();
        var blocker = Path.Combine(harness.Folder, "sub");
        await File.WriteAllTextAsync(blocker, "in the way", Token);
        await using var extractor = harness.Extractor(Path.Combine(blocker, "ledger.db"));
        await Assert.ThrowsAsync<LedgerException>(async () => await Open(extractor, PipelineHarness.Documents(1)));
        File.Delete(blocker);
        await using var run = await Open(extractor, PipelineHarness.Documents(1));
        Assert.Equal(1, (await run.CompleteAsync(Token)).Succeeded);
    }

    [Fact]
    public async Task Watching_ends_when_a_cancellation_without_driving_has_ended()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using var extractor = harness.Extractor();
        await using var run = await Open(extractor, PipelineHarness.Documents(1));
        await run.CancelAsync(Token);
        Assert.NotEmpty(await run.WatchAsync(Token).ToListAsync(Token));
    }

    private static async Task<(long Succeeded, long Pending)> CountsAsync(ExtractionRun run)
    {
        var summary = await run.SummaryAsync(Token);
        return (summary.Succeeded, summary.Pending);
    }

    private static async Task StopAsync(BatchExtractor extractor, Func<CancellationToken, Task> drive, string point, int occurrence = 1)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var met = 0;
        extractor.Engine.Fault = name =>
        {
            if (name == point && ++met == occurrence)
            {
                stop.Cancel();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => drive(stop.Token));
        extractor.Engine.Fault = null;
    }

    private static ValueTask<ExtractionRun<Receipt>> Open(BatchExtractor extractor, IEnumerable<BatchDocument> documents, ExtractionRequest? request = null, string run = "receipts") =>
        extractor.OpenAsync<Receipt>(run, documents.ToAsyncEnumerable(), request ?? PipelineHarness.Request, Token);
}
