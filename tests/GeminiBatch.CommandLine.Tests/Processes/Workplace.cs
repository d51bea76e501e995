using System.Text.Json;

namespace GeminiBatch.CommandLine.Tests.Processes;

/// <summary>A temporary current directory for programs, with what they leave there.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gemini-batch-app-");

    public string Folder => _folder.FullName;

    public string Ledger => Path.Combine(Folder, ".gemini-batch", "invoices.db");

    public string Results => Path.Combine(Folder, ".gemini-batch", "results", "invoices-emulated.jsonl");

    public string JobLog => Path.Combine(Folder, ".gemini-batch", "emulator", "jobs.jsonl");

    public Task<RunningProgram> SampleAsync(params string[] arguments) => RunningProgram.RunAsync("Invoices", Folder, arguments);

    public Task<RunningProgram> SampleWithKeyAsync(string key, params string[] arguments) =>
        RunningProgram.RunAsync("Invoices", Folder, arguments, new Dictionary<string, string> { ["GEMINI_API_KEY"] = key });

    public Task<RunningProgram> ToolAsync(params string[] arguments) => RunningProgram.RunAsync("GeminiBatch.Cli", Folder, arguments);

    /// <summary>An emulator whose jobs take an hour: they run for as long as a test needs them to.</summary>
    public Task<GeminiEmulator> SlowEmulatorAsync() =>
        GeminiEmulator.StartAsync(new() { StateFolder = Path.Combine(Folder, "state"), RunningTime = TimeSpan.FromHours(1) }, TestContext.Current.CancellationToken);

    /// <summary>A few documents in a folder of the workplace.</summary>
    public string Documents(params (string Name, string Text)[] documents)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, "inbox")).FullName;
        foreach (var (name, text) in documents)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }

        return folder;
    }

    public static (string, string) Invoice(int number) => ($"invoice-{number:000}.txt", $"Hall & Sons\nInvoice number: A-{number}\nInvoice date: 2025-03-04\nCurrency: EUR\nTotal: {number}.50\n");

    /// <summary>The display names of every job that the emulator ever created.</summary>
    public IReadOnlyList<string> JobNames() => File.Exists(JobLog)
        ? [.. File.ReadLines(JobLog).Select(line => JsonElement.Parse(line).GetProperty("displayName").GetString()!)]
        : [];

    public void Dispose() => _folder.Delete(recursive: true);
}
