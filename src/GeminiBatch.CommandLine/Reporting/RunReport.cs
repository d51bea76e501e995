using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace GeminiBatch;

/// <summary>What is told when a run has ended: results, repairs, failures, accuracy, account.</summary>
internal static class RunReport
{
    private const int FieldsShown = 8;

    public static void Write(CommandContext context, BackendSession session, SchemaDescriptor schema, RunOutcome outcome, ResultFiles files)
    {
        if (context.Settings.Json)
        {
            AppConsole.Raw(SummaryJson.Write(outcome, files));
            return;
        }

        var console = context.Console;
        ResultPreview.Write(console, schema, files);
        WriteRepairs(console, outcome);
        WriteFailures(console, outcome);
        WriteAccuracy(console, outcome.Accuracy);
        WriteAccount(console, session, outcome, files);
    }

    private static void WriteRepairs(AppConsole console, RunOutcome outcome)
    {
        if (outcome.RepairedAnswers == 0)
        {
            return;
        }

        console.Markup();
        console.Markup($"[bold]Repairs[/] in {Figures.Count(outcome.RepairedAnswers, "answer", "answers")}; each is listed in the JSONL file.");
        console.Markup("  " + Markup.Escape(string.Join(", ", outcome.Repairs.Select(entry => $"{entry.Key} {Figures.Count(entry.Value)}"))));
    }

    private static void WriteFailures(AppConsole console, RunOutcome outcome)
    {
        foreach (var group in outcome.Failures)
        {
            console.Markup();
            console.Markup($"[bold red]Failed: {Figures.Count(group.Count)} × {Markup.Escape(group.Reason)}[/]");
            foreach (var (id, message) in group.Documents)
            {
                console.Markup($"  {Markup.Escape(TerminalText.OneLine(id))}: {Markup.Escape(CommandError.OneLine(message))}");
            }

            if (group.Count > group.Documents.Count)
            {
                console.Markup($"  [dim]and {Figures.Count(group.Count - group.Documents.Count)} more[/]");
            }

            console.Markup($"  [dim]{Markup.Escape(CommandError.OneLine(OptionWords.In(group.Advice)))}[/]");
        }
    }

    private static void WriteAccuracy(AppConsole console, AccuracyTally accuracy)
    {
        foreach (var reason in accuracy.Unusable.Take(FieldsShown))
        {
            console.Note($"note: {CommandError.OneLine(reason)}");
        }

        if (accuracy.Compared == 0)
        {
            return;
        }

        console.Markup();
        var failed = accuracy.DocumentsFailed == 0 ? "" : $"; {Figures.Count(accuracy.DocumentsFailed, "failed document has", "failed documents have")} no value to compare";
        console.Markup(
            $"[bold]Accuracy[/] {Share(accuracy.Matched, accuracy.Compared)}: {Figures.Count(accuracy.Matched)} of {Figures.Count(accuracy.Compared)} fields as in the ground truth of {Figures.Count(accuracy.DocumentsCompared, "document", "documents")}, {Figures.Count(accuracy.DocumentsRight)} entirely right{failed}.");
        var worst = accuracy.Fields.Where(static field => field.Matched < field.Compared).OrderBy(static field => field.Share).ThenBy(static field => field.Path, StringComparer.Ordinal).Take(FieldsShown).ToList();
        if (worst.Count == 0)
        {
            return;
        }

        var table = new TextTable();
        table.AddColumn("field");
        table.AddColumn("right", right: true, importance: 1);
        table.AddColumn("share", right: true, importance: 2);
        table.AddColumn("first difference", importance: 3);
        foreach (var field in worst)
        {
            var (id, expected, actual) = field.FirstMiss!.Value;
            table.AddRow([field.Path, $"{Figures.Count(field.Matched)} of {Figures.Count(field.Compared)}", Share(field.Matched, field.Compared), $"{id}: {TextTable.Cut(actual, 24)}, not {TextTable.Cut(expected, 24)}"]);
        }

        WriteTable(console, table);
    }

    private static void WriteAccount(AppConsole console, BackendSession session, RunOutcome outcome, ResultFiles files)
    {
        var summary = outcome.Summary;
        var accounted = summary.Succeeded + summary.Failed;
        var skipped = outcome.Skipped.Count;
        console.Markup();
        console.Markup($"[bold]{Figures.Count(accounted)} of {Figures.Count(summary.Planned + skipped)} documents accounted for[/]: {Figures.Count(summary.Succeeded)} succeeded, {Figures.Count(summary.Failed)} failed{(summary.Pending == 0 ? "" : $", {Figures.Count(summary.Pending)} pending")}{(skipped == 0 ? "" : $", {Figures.Count(skipped)} skipped")}");
        console.Markup($"now: {Figures.Count(summary.JobsSubmitted, "job", "jobs")} submitted{(outcome.Awaited == 0 ? "" : $", {Figures.Count(outcome.Awaited, "row", "rows")} of earlier jobs awaited")}, {Figures.Time(summary.Elapsed)}");
        console.Markup($"run: {Figures.Count(summary.Rows, "distinct row", "distinct rows")}, {Figures.Tokens(summary.Usage.InputTokens)} tokens in, {Figures.Tokens(summary.Usage.OutputTokens)} out, {Cost(session, summary)}");
        if (summary is { CostByPart: { } parts, Cost: { } cost and > 0 })
        {
            console.Markup($"bill: {PlanReport.Parts(parts)}{Compared(summary.EstimatedCost, cost)}");
        }

        if (summary is { IsPaused: true, Pending: > 0 })
        {
            console.Markup("[yellow]note:[/] the run is paused: what is pending is sent after 'resume'.");
        }

        foreach (var note in summary.Notes)
        {
            console.Markup($"[yellow]note:[/] {Markup.Escape(CommandError.OneLine(note))}");
        }

        console.Markup($"Results: {Markup.Escape(files.JsonLinesPath)}");
        console.Markup($"         {Markup.Escape(files.CsvPath)}");
    }

    /// <param name="console">Where it is written.</param>
    /// <param name="table">The table.</param>
    /// <param name="isForPeople">Whether it fits a page when it goes to a file too; otherwise it is whole there.</param>
    public static void WriteTable(AppConsole console, TextTable table, bool isForPeople = true)
    {
        foreach (var line in table.Render(isForPeople || !Console.IsOutputRedirected ? console.Width : int.MaxValue))
        {
            console.Markup(line);
        }
    }

    /// <summary>The estimate as a multiple of the bill.</summary>
    internal static string Compared(decimal? estimated, decimal cost) => (estimated / cost) switch
    {
        null or 0 => "",
        > 0.995m and < 1.005m => $"; estimated {Figures.Dollars(estimated)} before it was sent, which is what it came to",
        var ratio => string.Create(CultureInfo.InvariantCulture, $"; estimated {Figures.Dollars(estimated)} before it was sent, {ratio:0.0#} times the bill"),
    };

    private static string Cost(BackendSession session, RunSummary summary) => !session.IsGoogle && summary.Cost is { } cost
        ? $"{Figures.Dollars(cost)} had it been Google"
        : Figures.Dollars(summary.Cost);

    private static string Share(long part, long whole) => Figures.Share(whole == 0 ? 100 : Math.Floor(1000d * part / whole) / 10);
}
