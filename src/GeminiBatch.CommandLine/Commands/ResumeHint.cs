using System.Reflection;

namespace GeminiBatch;

/// <summary>What an interruption leaves behind, and the command with which a person goes on, as it can be typed in the current directory.</summary>
internal static class ResumeHint
{
    // In the words of RunProgress.JobsByState.
    private static readonly string[] s_atWork = ["creating", "queued", "pending", "running", "cancelling", "paused", "updating", "unknown"];

    /// <summary>After driving a run was interrupted.</summary>
    /// <param name="context">The invocation.</param>
    /// <param name="session">Its backend.</param>
    /// <param name="progress">How the run stands.</param>
    /// <param name="isPlanned">Whether all its documents are in the ledger.</param>
    public static string Of(CommandContext context, BackendSession session, RunProgress progress, bool isPlanned)
    {
        var jobs = progress.JobsByState.Where(static entry => s_atWork.Contains(entry.Key)).Sum(static entry => entry.Value);
        var left = (jobs, session.IsEmulator) switch
        {
            (0, _) when progress.JobsByState.Count == 0 => "Stopped; nothing was sent.",
            (0, _) => "Stopped; no job is at work.",
            (_, true) => $"Stopped, and the emulator with it; it goes on with {Figures.Count(jobs, "job", "jobs")} at the next start.",
            _ => $"Stopped waiting; {Figures.Count(jobs, "job goes", "jobs go")} on at the backend.",
        };
        return isPlanned ? $"{left} Go on with: {Resume(context, progress.Run)}" : $"{left} Reading the documents was interrupted: run the same command again.";
    }

    /// <summary>How this program was started: its own executable, or <c>dotnet</c> and its library.</summary>
    public static string Program()
    {
        var process = Environment.ProcessPath ?? "";
        return Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? $"dotnet {Quote(Shortest(Path.Combine(AppContext.BaseDirectory, Assembly.GetEntryAssembly()?.GetName().Name + ".dll")))}"
            : Quote(Shortest(process));
    }

    private static string Resume(CommandContext context, string run) => Command(context, "resume", run);

    /// <summary>A command over a run with the options of this invocation that it needs.</summary>
    public static string Command(CommandContext context, string command, string run)
    {
        var settings = context.Settings;
        var words = new List<string> { Program(), command, "--run", Quote(run), "--ledger", Quote(settings.Ledger) };
        if (settings.Backend is { } backend)
        {
            words.AddRange(["--backend", backend]);
        }

        if (settings.Emulator)
        {
            words.Add("--emulator");
        }

        foreach (var (option, value) in ((string, string?)[])
        [
            ("--project", settings.Project), ("--location", settings.Location), ("--bucket", settings.Bucket),
            ("--endpoint", settings.Endpoint?.OriginalString), ("--output", settings.IsOutputGiven ? settings.Output : null),
        ])
        {
            words.AddRange(value is null ? [] : [option, Quote(value)]);
        }

        if (!settings.Noise)
        {
            words.AddRange(["--noise", "none"]);
        }

        if (settings.Seed != 1)
        {
            words.AddRange(["--seed", settings.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        }

        return string.Join(' ', words);
    }

    private static string Shortest(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        relative = relative.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) ? relative : Path.Combine(".", relative);
        return relative.Length < path.Length ? relative : path;
    }

    private static string Quote(string text) =>
        text.Length > 0 && text.All(character => char.IsLetterOrDigit(character) || "-_./\\:~+,@".Contains(character, StringComparison.Ordinal))
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
