namespace GeminiBatch;

/// <summary>Stops a run's jobs at the backend. What was answered is kept.</summary>
internal static class CancelCommand
{
    public static async Task<int> ExecuteAsync(CommandContext context)
    {
        RunOverview overview;
        await using (var offline = LedgerAccess.OpenOffline(context))
        {
            overview = await LedgerAccess.FindRunAsync(context, offline);
        }

        if (overview.Driver is { } driver)
        {
            throw new CommandLineException($"The run '{overview.Name}' is driven by {driver}. Stop it there with Ctrl-C first; its jobs go on until they are cancelled.");
        }

        await using var session = await BackendSession.StartAsync(context, overview.Backend);
        await using var extractor = LedgerAccess.Open(context, session);
        await using var run = await extractor.ResumeAsync(overview.Name, context.CancellationToken);
        context.Stopped = "Stopped waiting; jobs that were asked to stop do so by themselves. The same command again waits for them.";
        await using (ProgressDisplay.Start(context, run, session.Name))
        {
            await run.CancelAsync(context.CancellationToken);
        }

        var summary = await run.SummaryAsync(context.CancellationToken);
        if (context.Settings.Json)
        {
            AppConsole.Raw(SummaryJson.Write(writer =>
            {
                writer.WriteString("run", summary.Run);
                writer.WriteNumber("planned", summary.Planned);
                writer.WriteNumber("succeeded", summary.Succeeded);
                writer.WriteNumber("failed", summary.Failed);
                writer.WriteNumber("pending", summary.Pending);
                SummaryJson.WriteMoney(writer, "costUsd", summary.Cost);
            }));
            return 0;
        }

        context.Console.Markup($"No job of '{Spectre.Console.Markup.Escape(summary.Run)}' is at work: {Figures.Count(summary.Succeeded)} succeeded, {Figures.Count(summary.Failed)} failed, {Figures.Count(summary.Pending)} pending. What was answered is kept.");
        if (summary.Pending > 0)
        {
            context.Console.Markup("Pending documents are sent when the run is driven again, with 'run' or 'resume'.");
        }

        return 0;
    }
}
