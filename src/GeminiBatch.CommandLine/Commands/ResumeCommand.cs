namespace GeminiBatch;

/// <summary>Goes on with a run from its ledger alone, after an interruption or to give failed documents another try.</summary>
internal static class ResumeCommand
{
    public static async Task<int> ExecuteAsync(CommandContext context, bool retry)
    {
        RunOverview overview;
        await using (var offline = LedgerAccess.OpenOffline(context))
        {
            overview = await LedgerAccess.FindRunAsync(context, offline);
        }

        await using var session = await BackendSession.StartAsync(context, overview.Backend);
        await using var extractor = LedgerAccess.Open(context, session);
        await using var run = await extractor.ResumeAsync(overview.Name, context.CancellationToken);
        var isOwn = overview.Name == context.Settings.DefaultRun;
        return await new DrivenRun(context, session, run).DriveAsync(
            run.Schema,
            new GroundTruth(isOwn ? context.Settings.Documents : null),
            () => run.PlanAsync(context.CancellationToken),
            new AgreedChange(retry ? overview.Failed : 0, retry ? overview.Cost / Math.Max(1, overview.Succeeded + overview.Failed) : 0, () => ChangeAsync(context, run, overview, retry)));
    }

    private static async Task ChangeAsync(CommandContext context, ExtractionRun run, RunOverview overview, bool retry)
    {
        await run.ChangeBoundsAsync(
            new RunBounds { MaxCost = context.Settings.MaxCost, MaxAttempts = context.Settings.MaxAttempts, AllowSearchCost = context.Settings.AllowSearchCost ? true : null }, context.CancellationToken);
        if (overview.IsPaused)
        {
            await run.ContinueAsync(context.CancellationToken);
        }

        if (retry)
        {
            var rows = await run.RetryFailedAsync(context.Settings.PayAgain, context.CancellationToken);
            context.Console.Note($"{Figures.Count(rows, "row", "rows")} will be sent again.");
        }
    }
}
