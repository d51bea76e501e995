namespace GeminiBatch.Tests.Watching;

public sealed class WatchingTests
{
    [Fact]
    public async Task A_job_that_succeeded_without_showing_its_output_yet_is_waited_on()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.GetBatch, Kind = EmulatedFaultKind.WithholdOutput, Times = 3 }],
        });
        Assert.All(await harness.ExtractAsync(PipelineHarness.Documents(3)), static result => Assert.Equal((true, 1), (result.Succeeded, result.Attempts)));
        Assert.True(harness.Emulator.Calls.Count(static call => call.Operation == EmulatedOperation.GetBatch) >= 4);
    }

    [Fact]
    public async Task Looks_that_fail_for_a_while_are_made_again()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with
        {
            Faults =
            [
                new EmulatedFault { Operation = EmulatedOperation.GetBatch, Kind = EmulatedFaultKind.Refuse, Status = 503, Times = 12 },
                new EmulatedFault { Operation = EmulatedOperation.StartUpload, Kind = EmulatedFaultKind.Refuse, Status = 503, Times = 8 },
                new EmulatedFault { Operation = EmulatedOperation.DownloadFile, Kind = EmulatedFaultKind.Refuse, Status = 503, Times = 8 },
            ],
        });
        Assert.Equal(3, (await harness.ExtractAsync(PipelineHarness.Documents(3))).Count(static result => result.Succeeded));
        Assert.Single(harness.Emulator.Jobs);
    }

    [Fact]
    public async Task Looks_that_fail_too_often_stop_the_run_which_goes_on_later()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.GetBatch, Kind = EmulatedFaultKind.Refuse, Status = 503, Times = 12 }],
        });
        var error = await Assert.ThrowsAsync<GeminiApiException>(() => harness.ExtractAsync(PipelineHarness.Documents(3), configure: static options => options.MaxConsecutiveErrors = 2));
        Assert.Equal(503, error.HttpStatus);
        Assert.Equal(3, (await harness.ExtractAsync(PipelineHarness.Documents(3))).Count(static result => result.Succeeded));
        Assert.Single(harness.Emulator.Jobs);
    }

    [Fact]
    public async Task Waits_between_looks_grow_to_the_longest_one()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with { RunningTime = TimeSpan.FromMinutes(30) });
        await harness.ExtractAsync(PipelineHarness.Documents(1));
        var looks = harness.Emulator.Calls.Where(static call => call.Operation == EmulatedOperation.GetBatch).Select(static call => call.Time).ToList();
        var waits = looks.Zip(looks.Skip(1), static (one, next) => next - one).Where(static wait => wait > TimeSpan.Zero).ToList();
        Assert.Equal(waits.Order(), waits);
        Assert.Equal(new GeminiBatchOptions().MaxPollInterval, waits[^1]);
    }

    [Fact]
    public async Task Results_that_expired_while_nobody_collected_them_are_named_and_not_paid_again()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using (var extractor = harness.Extractor())
        {
            extractor.Engine.Fault = static point =>
            {
                if (point == "watch.get:before")
                {
                    throw new OperationCanceledException("The program ends here.");
                }
            };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await extractor.ExtractAsync<Receipt>(
                "receipts", PipelineHarness.Documents(2), PipelineHarness.Request, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
        }

        harness.Clock.Advance(TimeSpan.FromHours(100));
        var results = await harness.ExtractAsync(PipelineHarness.Documents(2));
        Assert.All(results, static result => Assert.Equal("results_expired", result.Failure?.Reason));
        Assert.Single(harness.Emulator.Jobs);
    }
}
