namespace GeminiBatch.Tests.Crashes;

/// <summary>A run that meets something rare: how the backend behaves, what is driven, and what happens at a point on the way.</summary>
internal sealed record Trouble(string Name)
{
    public Func<GeminiEmulatorOptions, GeminiEmulatorOptions> Emulator { get; init; } = static options => options;

    public Action<GeminiBatchOptions> Configure { get; init; } = static _ => { };

    public IReadOnlyList<BatchDocument> Documents { get; init; } = [.. PipelineHarness.Documents(4)];

    /// <summary>The point at which the first driving is interrupted; null for none.</summary>
    public string? StopAt { get; init; }

    /// <summary>What is done before the run is completed, after <see cref="StopAt"/> was met.</summary>
    public Func<PipelineHarness, ExtractionRun<Receipt>, Task> Between { get; init; } = static (_, _) => Task.CompletedTask;

    /// <summary>What is done after the run was completed; it is completed again afterwards.</summary>
    public Func<ExtractionRun<Receipt>, Task>? Afterwards { get; init; }

    /// <summary>Documents of a second reading, by what the run has until then.</summary>
    public Func<ExtractionRun<Receipt>, Task<IReadOnlyList<BatchDocument>>>? Replace { get; init; }

    /// <summary>What another program does with a copy of the planned ledger before this one goes on.</summary>
    public bool HasRestoredLedger { get; init; }

    /// <summary>Whether a second job of a shard is what the user asked for, or is found and cancelled.</summary>
    public bool MayHaveSecondJobs { get; init; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<List<string>> DriveAsync(PipelineHarness harness, BatchExtractor extractor)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var freeze = extractor.Engine.Fault;
        extractor.Engine.Fault = point =>
        {
            if (point == StopAt)
            {
                stop.Cancel();
            }

            freeze?.Invoke(point);
        };
        await using var run = await extractor.OpenAsync<Receipt>("receipts", Documents.ToAsyncEnumerable(), PipelineHarness.Request, Token);
        if (StopAt is not null)
        {
            try
            {
                await run.CompleteAsync(stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
            }
        }

        await Between(harness, run);
        if (Replace is not null)
        {
            var documents = await Replace(run);
            await run.DisposeAsync();
            await using var second = await extractor.OpenAsync<Receipt>("receipts", documents.ToAsyncEnumerable(), PipelineHarness.Request, Token);
            return await ResultsAsync(second);
        }

        await run.CompleteAsync(Token);
        if (Afterwards is not null)
        {
            await Afterwards(run);
        }

        return await ResultsAsync(run);
    }

    private static async Task<List<string>> ResultsAsync(ExtractionRun<Receipt> run)
    {
        var results = new List<string>();
        await foreach (var result in run.ResultsAsync(Token))
        {
            results.Add($"{result.DocumentId} {result.Value?.ToString() ?? result.Failure!.Reason}");
        }

        results.Sort(StringComparer.Ordinal);
        return results;
    }
}
