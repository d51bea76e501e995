using System.Reflection;

namespace GeminiBatch;

/// <summary>The command with which a person goes on, as it can be typed in the current directory.</summary>
internal static class ResumeHint
{
    public static string AfterInterruption(CommandContext context, string command) => command is "plan" or "status" or "export" or "doctor"
        ? "Stopped."
        : $"Stopped waiting; jobs go on at the backend. Go on with: {Program()} resume --run {Quote(context.Settings.RunOrDefault)} --ledger {Quote(context.Settings.Ledger)}";

    /// <summary>How this program was started: its own executable, or <c>dotnet</c> and its library.</summary>
    public static string Program()
    {
        var process = Environment.ProcessPath ?? "";
        return Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? $"dotnet {Quote(Shortest(Path.Combine(AppContext.BaseDirectory, Assembly.GetEntryAssembly()?.GetName().Name + ".dll")))}"
            : Quote(Shortest(process));
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
