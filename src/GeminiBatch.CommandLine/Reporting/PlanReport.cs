using Spectre.Console;

namespace GeminiBatch;

/// <summary>A plan for a person to agree to.</summary>
internal static class PlanReport
{
    public static void Write(AppConsole console, RunPlan plan, long unreadable)
    {
        Line(console, "run", plan.Run);
        Line(console, "backend", plan.Backend);
        Line(console, "model", plan.Model);
        Line(console, "documents", $"{Figures.Count(plan.Documents - unreadable)} read now, {(unreadable == 0 ? "" : $"{Figures.Count(unreadable)} skipped, ")}{Figures.Count(plan.Items)} in the run, {Figures.Count(plan.Rows)} distinct");
        Line(console, "to send", $"{Figures.Count(plan.RowsToSend, "row", "rows")} in {Figures.Count(plan.Shards, "job", "jobs")}");
        Line(console, "tokens", $"about {Figures.Tokens(plan.InputTokens)} in, {Figures.Tokens(plan.OutputTokens)} out");
        Line(console, "price", plan.EstimatedCost is null ? "unknown" : $"about {Figures.Dollars(plan.EstimatedCost)}");
        Line(console, "basis", plan.CostBasis);
        foreach (var warning in plan.Warnings)
        {
            console.Markup($"[yellow]warning:[/] {Markup.Escape(CommandError.OneLine(warning))}");
        }

        console.Markup("Nothing was sent.");
    }

    private static void Line(AppConsole console, string name, string value) =>
        console.Markup($"[dim]{name,-10}[/]{Markup.Escape(CommandError.OneLine(value))}");
}
