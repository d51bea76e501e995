namespace GeminiBatch.Tests.Submission;

public sealed class OrphanTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ledger_restored_from_a_copy_takes_the_jobs_that_it_does_not_name()
    {
        await using var harness = await PipelineHarness.StartAsync();
        await using (var extractor = harness.Extractor())
        {
            await using var run = await extractor.OpenAsync<Receipt>("receipts", PipelineHarness.Documents(5).ToAsyncEnumerable(), PipelineHarness.Request, Token);
            await run.PlanAsync(Token);
        }

        File.Copy(harness.LedgerPath, harness.LedgerPath + ".copy");
        Assert.Equal(5, (await harness.ExtractAsync(PipelineHarness.Documents(5))).Count);
        foreach (var file in Directory.GetFiles(harness.Folder, "ledger.db*").Where(static file => !file.EndsWith(".copy", StringComparison.Ordinal)))
        {
            File.Delete(file);
        }

        File.Move(harness.LedgerPath + ".copy", harness.LedgerPath);
        Assert.All(await harness.ExtractAsync(PipelineHarness.Documents(5)), static result => Assert.True(result.Succeeded));
        Assert.Single(harness.Emulator.Jobs);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(403)]
    [InlineData(499)]
    public async Task A_refusal_that_came_after_the_effect_is_not_paid_for_twice(int status)
    {
        await using var harness = await PipelineHarness.StartAsync(options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.RefuseAfterEffect, Status = status }],
        });
        if (status == 403)
        {
            await Assert.ThrowsAsync<GeminiApiException>(() => harness.ExtractAsync(PipelineHarness.Documents(3)));
        }

        Assert.All(await harness.ExtractAsync(PipelineHarness.Documents(3)), static result => Assert.True(result.Succeeded));
        Assert.Single(harness.Emulator.Jobs);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_job_that_is_not_found_at_first_is_not_given_up_and_paid_for_again(int times)
    {
        await using var harness = await PipelineHarness.StartAsync(options => options with
        {
            Faults = [new EmulatedFault { Operation = EmulatedOperation.GetBatch, Kind = EmulatedFaultKind.Refuse, Status = 404, Times = times }],
        });
        Assert.All(await harness.ExtractAsync(PipelineHarness.Documents(3)), static result => Assert.True(result.Succeeded));
        Assert.Single(harness.Emulator.Jobs);
    }

    [Fact]
    public async Task A_program_that_slept_between_intent_and_creation_leaves_no_second_job()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with { PendingTime = TimeSpan.FromHours(5) });
        await using var asleep = harness.Extractor();
        await using var awake = harness.Extractor();
        await using var run = await asleep.OpenAsync<Receipt>("receipts", PipelineHarness.Documents(3).ToAsyncEnumerable(), PipelineHarness.Request, Token);
        asleep.Engine.Fault = point =>
        {
            if (point == "submit.create:before")
            {
                asleep.Engine.Fault = null;
                harness.Clock.Advance(TimeSpan.FromMinutes(5));
            }
        };
        var error = await Assert.ThrowsAsync<RunRefusedException>(() => run.CompleteAsync(Token));
        Assert.Equal(RunRefusal.InUse, error.Refusal);
        await using var again = await awake.OpenAsync<Receipt>("receipts", PipelineHarness.Documents(3).ToAsyncEnumerable(), PipelineHarness.Request, Token);
        Assert.Equal(3, (await again.CompleteAsync(Token)).Succeeded);
        Assert.Single(harness.Emulator.Jobs);
    }

    [Fact]
    public async Task A_second_job_that_is_gone_when_it_is_to_be_cancelled_holds_nothing_up()
    {
        await using var harness = await PipelineHarness.StartAsync(static options => options with
        {
            PendingTime = TimeSpan.FromHours(5),
            Faults =
            [
                new EmulatedFault { Operation = EmulatedOperation.CreateBatch, Kind = EmulatedFaultKind.LoseReply, NamePattern = "gb-*-1-1-1" },
                new EmulatedFault { Operation = EmulatedOperation.ListBatches, Kind = EmulatedFaultKind.StaleList, Delay = TimeSpan.FromMinutes(10), Times = 16 },
                new EmulatedFault { Operation = EmulatedOperation.CancelBatch, Kind = EmulatedFaultKind.Refuse, Status = 404, Times = 100 },
            ],
        });
        Assert.Equal(3, (await harness.ExtractAsync(PipelineHarness.Documents(3))).Count(static result => result.Succeeded));
        Assert.Contains(harness.Emulator.Calls, static call => call.Operation == EmulatedOperation.CancelBatch);
    }
}
