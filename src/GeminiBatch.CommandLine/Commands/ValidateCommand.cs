using System.CommandLine;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Checks a batch file of whatever origin before it is sent. Asks no backend.</summary>
internal static class ValidateCommand
{
    private const int MaxShown = 100;
    private const int BufferSize = 1 << 20;

    public static Command Create(AppOptions options, Func<ParseResult, Func<CommandContext, Task<int>>, CancellationToken, Task<int>> run)
    {
        var file = new Argument<string>("FILE") { Description = "The batch file: one JSON row a line." };
        var command = new Command("validate", "Check a batch file row by row, for the backend that is to run it: --backend developer (the default) or vertex. Sends nothing.") { file };
        foreach (var option in (Option[])[options.Backend, options.Model, options.Json, options.Verbose])
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => run(parsed, context => ExecuteAsync(context, parsed.GetValue(file)!), cancellationToken));
        return command;
    }

    private static async Task<int> ExecuteAsync(CommandContext context, string path)
    {
        if (!File.Exists(path))
        {
            throw new CommandLineException($"There is no file '{path}'. Give the batch file to check.");
        }

        var backend = context.Settings.Backend == "vertex" || (context.Settings.Backend is null && GeminiEnvironment.PrefersVertexAI) ? "vertex" : "developer";
        var validator = new RequestFileValidator(new RequestValidationOptions { Backend = backend, Model = context.Settings.Model, Date = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime) });
        var shown = new List<RequestFinding>();
        var left = 0L;
        RequestFileSummary summary;
        await using (var file = new FileStream(path, new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = BufferSize }))
        {
            summary = await validator.ValidateAsync(
                file,
                finding =>
                {
                    // The first ones are shown; a file with one mistake in every row is not told row by row.
                    if (shown.Count < MaxShown)
                    {
                        shown.Add(finding);
                    }
                    else
                    {
                        left++;
                    }
                },
                context.CancellationToken);
        }

        if (context.Settings.Json)
        {
            AppConsole.Raw(Json(backend, summary, shown, left));
        }
        else
        {
            shown.ForEach(finding => AppConsole.Raw(TerminalText.Clean(finding.ToString()) + "\n"));
            if (left > 0)
            {
                AppConsole.Raw($"… and {Figures.Count(left, "more finding", "more findings")}\n");
            }

            AppConsole.Raw($"{path}: {(summary.IsValid ? "valid" : "not valid")} for {backend}: {Figures.Count(summary.Rows, "row", "rows")}, "
                + $"{Figures.Count(summary.Errors, "error", "errors")}, {Figures.Count(summary.Warnings, "warning", "warnings")}, {Figures.Count(summary.Notices, "notice", "notices")}\n");
        }

        return summary.IsValid ? 0 : CommandError.DocumentsFailed;
    }

    private static string Json(string backend, RequestFileSummary summary, List<RequestFinding> shown, long left) => SummaryJson.Write(writer =>
    {
        writer.WriteString("backend", backend);
        writer.WriteBoolean("valid", summary.IsValid);
        writer.WriteNumber("rows", summary.Rows);
        writer.WriteNumber("bytes", summary.Bytes);
        writer.WriteNumber("errors", summary.Errors);
        writer.WriteNumber("warnings", summary.Warnings);
        writer.WriteNumber("notices", summary.Notices);
        writer.WriteStartArray("findings");
        foreach (var finding in shown)
        {
            Write(writer, finding);
        }

        writer.WriteEndArray();
        writer.WriteNumber("findingsLeftOut", left);
    });

    private static void Write(Utf8JsonWriter writer, RequestFinding finding)
    {
        writer.WriteStartObject();
        writer.WriteString("rule", finding.Rule.Id);
        writer.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
        writer.WriteNumber("line", finding.Line);
        writer.WriteNumber("column", finding.Column);
        writer.WriteString("message", finding.Message);
        writer.WriteString("reason", finding.Rule.Reason);
        writer.WriteString("fix", finding.Rule.Fix);
        writer.WriteEndObject();
    }
}
