using Spectre.Console;

namespace GeminiBatch.CommandLine.Tests.Progress;

public sealed class ProgressTextTests
{
    private static readonly RunProgress s_progress = new()
    {
        Run = "invoices-of-the-northern-branch-2026-11",
        Phase = RunPhase.Waiting,
        Planned = 1_200_000,
        Succeeded = 812_345,
        Failed = 12,
        Pending = 387_643,
        InFlight = 200_000,
        JobsByState = new Dictionary<string, long> { ["running"] = 12, ["pending"] = 3, ["succeeded"] = 40 },
        RowsPerSecond = 1234.5,
        Usage = new GeminiUsage(1_500_000_000, 3_000_000, 0, 0, 0, 1_503_000_000),
        Cost = 1234.5678m,
        Elapsed = new TimeSpan(1, 2, 3),
        TimeLeft = TimeSpan.FromSeconds(314),
        Notice = "The backend asked to slow down for 30 s; the next job is created then.",
    };

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(120)]
    public void What_is_drawn_fits_the_terminal(int width)
    {
        var lines = Draw(s_progress, width);

        Assert.Equal(6, lines.Length);
        Assert.All(lines, line => Assert.True(line.GetCellWidth() < width, line));
    }

    [Fact]
    public void At_eighty_columns_all_figures_are_there()
    {
        var text = string.Join('\n', Draw(s_progress, 80));

        Assert.Contains("812,357 of 1,200,000", text, StringComparison.Ordinal);
        Assert.Contains("812,345 succeeded", text, StringComparison.Ordinal);
        Assert.Contains("12 failed", text, StringComparison.Ordinal);
        Assert.Contains("200,000 in jobs", text, StringComparison.Ordinal);
        Assert.Contains("187,643 to send", text, StringComparison.Ordinal);
        Assert.Contains("3 pending, 12 running, 40 succeeded", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plain_line_tells_the_same()
    {
        Assert.Equal(
            "1:02:03 waiting for jobs, 812,357 of 1,200,000 ended, 12 failed, jobs: 3 pending, 12 running, 40 succeeded, 1235 rows/s, 1503.00 M tokens, $1,234.57, 05:14 left (The backend asked to slow down for 30 s; the next job is created then.)",
            ProgressText.Line(s_progress));
    }

    [Fact]
    public void A_run_without_documents_yet_draws_too() =>
        Assert.Equal(5, Draw(new RunProgress { Run = "r", Phase = RunPhase.Planning, Usage = GeminiUsage.None }, 80).Length);

    private static string[] Draw(RunProgress progress, int width)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = width;
        console.Write(ProgressText.Panel(progress, "emulator", width));
        return writer.ToString().TrimEnd('\n').Split('\n');
    }
}
