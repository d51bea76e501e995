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
        if (plan.EstimatedCost is not null)
        {
            Line(console, "", Parts(plan.EstimatedCostByPart));
        }

        if (plan.CachedItems > 0)
        {
            Line(console, "known", $"{Figures.Count(plan.CachedItems, "document takes", "documents take")} the answer of another run: nothing is sent or paid for them");
        }

        Line(console, "basis", plan.CostBasis);
        foreach (var warning in plan.Warnings)
        {
            console.Markup($"[yellow]warning:[/] {Markup.Escape(CommandError.OneLine(warning))}");
        }

        console.Markup("Nothing was sent.");
    }

    /// <summary>A price by what is paid for.</summary>
    public static string Parts(RunCost cost)
    {
        var cached = cost.CachedInput is > 0 ? $" ({Figures.Dollars(cost.CachedInput)} of it from the cache, priced in full)" : "";
        return $"input {Figures.Dollars(cost.Input)}{cached}, output {Figures.Dollars(cost.Output)}, thinking {Figures.Dollars(cost.Thinking)}, search {Figures.Dollars(cost.Search)}";
    }

    private static void Line(AppConsole console, string name, string value) =>
        console.Markup($"[dim]{name,-10}[/]{Markup.Escape(CommandError.OneLine(value))}");
}
