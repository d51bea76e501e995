using System.Text.Json;

namespace GeminiBatch;

/// <summary>Lists the runs of a ledger.</summary>
internal static class StatusCommand
{
    public static async Task<int> ExecuteAsync(CommandContext context)
    {
        await using var extractor = LedgerAccess.OpenOffline(context);
        var runs = new List<RunOverview>();
        await foreach (var run in extractor.ListRunsAsync(context.CancellationToken))
        {
            if (context.Settings.Run is null || context.Settings.Run == run.Name)
            {
                runs.Add(run);
            }
        }

        if (runs.Count == 0 && context.Settings.Run is { } name)
        {
            throw new CommandLineException($"There is no run '{name}' in '{context.Settings.Ledger}'. Without --run, status lists them all.");
        }

        if (context.Settings.Json)
        {
            AppConsole.Raw(Json(runs));
        }
        else
        {
            Write(context.Console, runs);
        }

        return 0;
    }

    private static void Write(AppConsole console, List<RunOverview> runs)
    {
        if (runs.Count == 0)
        {
            console.Markup("The ledger has no run.");
            return;
        }

        var table = new TextTable();
        table.AddColumn("run", whole: true);
        table.AddColumn("state", importance: 1);
        table.AddColumn("documents", right: true, importance: 2);
        table.AddColumn("succeeded", right: true, importance: 3);
        table.AddColumn("failed", right: true, importance: 4);
        table.AddColumn("pending", right: true, importance: 5);
        table.AddColumn("cost", right: true, importance: 6);
        table.AddColumn("model", importance: 7);
        table.AddColumn("schema", importance: 8);
        table.AddColumn("backend", importance: 9);
        foreach (var run in runs)
        {
            table.AddRow(
            [
                run.Name, State(run), Figures.Count(run.Planned), Figures.Count(run.Succeeded), Figures.Count(run.Failed), Figures.Count(run.Pending),
                Figures.Dollars(run.Cost), run.Model, run.Schema, run.Backend,
            ]);
        }

        RunReport.WriteTable(console, table, isForPeople: false);
    }

    private static string State(RunOverview run) => run switch
    {
        { IsPaused: true, Pending: > 0 } => "paused",
        { InUse: true } => "running",
        { Planned: 0 } => "not planned",
        { Pending: 0 } => "ended",
        { Jobs: 0 } => "planned",
        _ => "waiting",
    };

    private static string Json(List<RunOverview> runs) => SummaryJson.Write(writer =>
    {
        writer.WriteStartArray("runs");
        foreach (var run in runs)
        {
            writer.WriteStartObject();
            writer.WriteString("run", run.Name);
            writer.WriteString("state", State(run));
            writer.WriteString("driver", run.Driver);
            writer.WriteNumber("jobs", run.Jobs);
            writer.WriteNumber("planned", run.Planned);
            writer.WriteNumber("succeeded", run.Succeeded);
            writer.WriteNumber("failed", run.Failed);
            writer.WriteNumber("pending", run.Pending);
            SummaryJson.WriteMoney(writer, "costUsd", run.Cost);
            writer.WriteString("model", run.Model);
            writer.WriteString("schema", run.Schema);
            writer.WriteString("backend", run.Backend);
            writer.WriteString("createdAt", run.CreatedAt);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });
}
