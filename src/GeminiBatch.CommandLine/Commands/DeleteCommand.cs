using Spectre.Console;

namespace GeminiBatch;

/// <summary>Removes a run from its ledger.</summary>
internal static class DeleteCommand
{
    public static async Task<int> ExecuteAsync(CommandContext context)
    {
        await using var extractor = LedgerAccess.OpenOffline(context, writes: true);
        var overview = await LedgerAccess.FindRunAsync(context, extractor);
        var what = $"'{overview.Name}' with {Figures.Count(overview.Succeeded, "answer", "answers")} and {Figures.Dollars(overview.Cost)} spent on them";
        if (!context.Settings.Yes)
        {
            if (!AppConsole.CanAsk)
            {
                throw new CommandLineException($"Nothing was deleted: {what}. Agree with --yes.");
            }

            if (!context.Console.Err.Confirm($"Delete the run {Markup.Escape(TerminalText.Clean(what))} from the ledger for good?", defaultValue: false))
            {
                throw new CommandLineException("Nothing was deleted.");
            }
        }

        await extractor.DeleteRunAsync(overview.Name, context.CancellationToken);
        if (context.Settings.Json)
        {
            AppConsole.Raw(SummaryJson.Write(writer => writer.WriteString("deleted", overview.Name)));
            return 0;
        }

        context.Console.Markup($"Deleted: {Markup.Escape(what)}. Its batch files at the backend are removed by 'clean-up'.");
        return 0;
    }
}
