namespace GeminiBatch;

/// <summary>Writes what a run has so far, from the ledger alone.</summary>
internal static class ExportCommand
{
    public static async Task<int> ExecuteAsync(CommandContext context)
    {
        await using var extractor = LedgerAccess.OpenOffline(context);
        var overview = await LedgerAccess.FindRunAsync(context, extractor);
        await using var run = await extractor.ResumeAsync(overview.Name, context.CancellationToken);
        using var files = new ResultFiles(context.Settings.Output, overview.Name, run.Table());
        await foreach (var result in run.EndedResultsAsync(context.CancellationToken))
        {
            await files.AddAsync(result, context.CancellationToken);
        }

        await files.WriteAsync(context.CancellationToken);
        var failed = await files.WriteFailuresAsync(run, context.CancellationToken);
        if (context.Settings.Json)
        {
            AppConsole.Raw(SummaryJson.Write(writer =>
            {
                writer.WriteString("run", overview.Name);
                writer.WriteNumber("planned", overview.Planned);
                writer.WriteNumber("exported", files.Count);
                writer.WriteString("jsonl", files.JsonLinesPath);
                writer.WriteString("csv", files.CsvPath);
                writer.WriteNumber("failed", failed);
                writer.WriteString("failures", failed == 0 ? null : files.FailuresPath);
            }));
            return 0;
        }

        context.Console.Markup($"{Figures.Count(files.Count)} of {Figures.Count(overview.Planned)} documents exported");
        context.Console.Markup($"Results: {Spectre.Console.Markup.Escape(files.JsonLinesPath)}");
        context.Console.Markup($"         {Spectre.Console.Markup.Escape(files.CsvPath)}");
        if (failed > 0)
        {
            context.Console.Markup($"Failed:  {Spectre.Console.Markup.Escape(files.FailuresPath)} has {Figures.Count(failed, "document", "documents")} to ask again in a run of their own: --documents FILE --run NAME.");
        }

        return 0;
    }
}
