using Spectre.Console;
using Spectre.Console.Rendering;

namespace GeminiBatch;

/// <summary>A snapshot in words: one plain line, or the few lines that are drawn over and over.</summary>
internal static class ProgressText
{
    public static string Line(RunProgress progress)
    {
        var parts = new List<string> { $"{Figures.Time(progress.Elapsed)} {Phase(progress.Phase)}" };
        parts.Add($"{Figures.Count(progress.Succeeded + progress.Failed)} of {Figures.Count(progress.Planned)} ended");
        if (progress.Failed > 0)
        {
            parts.Add($"{Figures.Count(progress.Failed)} failed");
        }

        if (Jobs(progress) is { Length: > 0 } jobs)
        {
            parts.Add(jobs);
        }

        if (progress.RowsPerSecond > 0)
        {
            parts.Add($"{Figures.Rate(progress.RowsPerSecond)} rows/s");
        }

        if (progress.Usage.TotalTokens > 0)
        {
            parts.Add($"{Figures.Tokens(progress.Usage.TotalTokens)} tokens");
            parts.Add(Figures.Dollars(progress.Cost));
        }

        if (progress.TimeLeft is { } left && progress.Phase != RunPhase.Completed)
        {
            parts.Add($"{Figures.Time(left)} left");
        }

        return string.Join(", ", parts) + (progress.Notice is { } notice ? $" ({CommandError.OneLine(notice)})" : "");
    }

    public static IRenderable Panel(RunProgress progress, string backend, int width)
    {
        width = Math.Max(20, width - 1);
        var ended = progress.Succeeded + progress.Failed;
        var lines = new List<IRenderable>
        {
            Fitted(("bold", progress.Run), ("dim", $" · {backend} · {Figures.Time(progress.Elapsed)}"), width),
            Bar(progress, ended, width),
            Fitted(
                ("green", $"{Figures.Count(progress.Succeeded)} succeeded"),
                (progress.Failed > 0 ? "red" : "dim", $"  {Figures.Count(progress.Failed)} failed"),
                ("", $"  {Figures.Count(progress.InFlight)} in jobs  {Figures.Count(Math.Max(0, progress.Pending - progress.InFlight))} to send"),
                width),
            Fitted(("", Jobs(progress) is { Length: > 0 } jobs ? jobs : "no jobs yet"), width),
            Fitted(("dim", Detail(progress)), width),
        };
        if (progress.Notice is { } notice)
        {
            lines.Add(Fitted(("yellow", CommandError.OneLine(notice)), width));
        }

        return new Rows(lines);
    }

    private static string Detail(RunProgress progress) =>
        $"{Figures.Rate(progress.RowsPerSecond)} rows/s  {Figures.Tokens(progress.Usage.TotalTokens)} tokens  {Figures.Dollars(progress.Cost)}"
        + (progress.TimeLeft is { } left && progress.Phase != RunPhase.Completed ? $"  {Figures.Time(left)} left" : "");

    private static string Jobs(RunProgress progress) =>
        progress.JobsByState.Count == 0
            ? ""
            : "jobs: " + string.Join(", ", progress.JobsByState.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{Figures.Count(entry.Value)} {entry.Key}"));

    private static string Phase(RunPhase phase) => phase switch
    {
        RunPhase.Planning => "planning",
        RunPhase.Submitting => "submitting",
        RunPhase.Waiting => "waiting for jobs",
        RunPhase.Collecting => "collecting",
        RunPhase.Settling => "settling",
        RunPhase.Completed => "completed",
        _ => "idle",
    };

    private static Markup Bar(RunProgress progress, long ended, int width)
    {
        var figures = $" {Figures.Count(ended)} of {Figures.Count(progress.Planned)}";
        var phase = Phase(progress.Phase).PadRight(17);
        var room = Math.Min(60, width - phase.Length - figures.Length);
        if (room < 4)
        {
            return Fitted(("", figures.TrimStart()), width);
        }

        var full = progress.Planned == 0 ? 0 : (int)(room * ended / progress.Planned);
        return new Markup($"{phase}[green]{new string('━', full)}[/][dim]{new string('─', room - full)}[/]{figures}");
    }

    private static Markup Fitted((string Style, string Text) part, int width) => Fitted([part], width);

    private static Markup Fitted((string Style, string Text) first, (string Style, string Text) second, int width) => Fitted([first, second], width);

    private static Markup Fitted((string Style, string Text) first, (string Style, string Text) second, (string Style, string Text) third, int width) => Fitted([first, second, third], width);

    private static Markup Fitted((string Style, string Text)[] parts, int width)
    {
        var markup = "";
        foreach (var (style, text) in parts)
        {
            if (width <= 0)
            {
                break;
            }

            var cut = TextTable.Cut(TerminalText.Clean(text), width);
            width -= cut.GetCellWidth();
            markup += style.Length == 0 ? Markup.Escape(cut) : $"[{style}]{Markup.Escape(cut)}[/]";
        }

        return new Markup(markup);
    }
}
