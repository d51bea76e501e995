namespace GeminiBatch;

/// <summary>Lets a run send nothing more, also when another program drives it.</summary>
internal static class PauseCommand
{
    public static async Task<int> ExecuteAsync(CommandContext context)
    {
        await using var extractor = LedgerAccess.OpenOffline(context, writes: true);
        var overview = await LedgerAccess.FindRunAsync(context, extractor);
        await using var run = await extractor.ResumeAsync(overview.Name, context.CancellationToken);
        await run.PauseAsync(context.CancellationToken);
        if (context.Settings.Json)
        {
            AppConsole.Raw(SummaryJson.Write(writer =>
            {
                writer.WriteString("run", overview.Name);
                writer.WriteBoolean("paused", true);
                writer.WriteNumber("pending", overview.Pending);
            }));
            return 0;
        }

        context.Console.Markup($"The run '{Spectre.Console.Markup.Escape(overview.Name)}' sends nothing more. Jobs at work go on and are collected{(overview.Driver is { } driver ? $" by {Spectre.Console.Markup.Escape(driver)}" : " when it is driven")}.");
        context.Console.Markup($"Go on with: {Spectre.Console.Markup.Escape(ResumeHint.Command(context, "resume", overview.Name))}");
        return 0;
    }
}
