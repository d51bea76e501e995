using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace GeminiBatch.CommandLine.Tests.Processes;

/// <summary>The emulator as a program of its own, used by other programs.</summary>
public sealed class EmulatorCommandTests : IDisposable
{
    private readonly Workplace _place = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task What_it_prints_can_be_pasted_into_a_shell()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no sh.");
        _place.Documents(Workplace.Invoice(1));
        using var emulator = RunningProgram.Start("GeminiBatch.Cli", _place.Folder, ["emulator", "--port", "0"]);
        var printed = await emulator.WaitForOutputAsync("Stop it with Ctrl-C");
        var pasted = string.Join('\n', printed.Split('\n').Where(static line => line.StartsWith("  export ", StringComparison.Ordinal)));

        var start = new ProcessStartInfo("sh", ["-e", "-c", $"{pasted}\nprintf '%s\\n' \"$GOOGLE_GEMINI_BASE_URL\" \"$GEMINI_API_KEY\""]) { RedirectStandardOutput = true };
        using var shell = Process.Start(start)!;
        var values = (await shell.StandardOutput.ReadToEndAsync(Token)).Split('\n');
        var environment = new Dictionary<string, string> { ["GOOGLE_GEMINI_BASE_URL"] = values[0], ["GEMINI_API_KEY"] = values[1] };
        using var run = await RunningProgram.RunAsync("Invoices", _place.Folder, ["--documents", "inbox", "--backend", "developer", "--yes"], environment);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("1 of 1 documents accounted for: 1 succeeded", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_that_cannot_be_read_any_more_are_paid_for_again_only_on_request()
    {
        _place.Documents(Workplace.Invoice(1), Workplace.Invoice(2));
        var faults = Path.Combine(_place.Folder, "faults.json");
        await File.WriteAllTextAsync(faults, """[{"operation":"CreateBatch","kind":"FailRows","rows":2,"status":3,"namePattern":"gb-*-1-1-1"}]""", Token);
        using var emulator = RunningProgram.Start("GeminiBatch.Cli", _place.Folder, ["emulator", "--port", "0", "--faults", faults]);
        var endpoint = (await emulator.WaitForOutputAsync("Stop it with Ctrl-C")).Split('\n')[0].Split(' ')[^1];
        string[] backend = ["--backend", "developer", "--endpoint", endpoint, "--yes"];

        using var run = await _place.SampleWithKeyAsync("good", ["--documents", "inbox", "--run", "r", .. backend]);
        await using (var ledger = new SqliteConnection($"Data Source={_place.Ledger};Pooling=False"))
        {
            // As if the program had come back when the backend had deleted the results, two days later.
            await ledger.OpenAsync(Token);
            using var age = ledger.CreateCommand();
            age.CommandText = "UPDATE rows SET reason = 'results_expired' WHERE state = 4";
            Assert.Equal(2, await age.ExecuteNonQueryAsync(Token));
        }

        using var retried = await _place.SampleWithKeyAsync("good", ["retry", "--run", "r", .. backend]);
        using var paid = await _place.SampleWithKeyAsync("good", ["retry", "--run", "r", "--pay-again", .. backend]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("0 rows will be sent again", retried.Error, StringComparison.Ordinal);
        Assert.Contains("retry --pay-again", retried.Output, StringComparison.Ordinal);
        Assert.Equal(1, retried.ExitCode);
        Assert.Contains("2 rows will be sent again", paid.Error, StringComparison.Ordinal);
        Assert.True(paid.ExitCode == 0, paid.Error);
        Assert.Contains("2 of 2 documents accounted for: 2 succeeded", paid.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"operation":"Nothing","kind":"Refuse"}]""", "fault 1 has no usable operation")]
    [InlineData("""{"seed":""", "no JSON")]
    [InlineData(null, "cannot be used")]
    public async Task A_fault_plan_that_is_none_is_told_in_one_line(string? plan, string message)
    {
        var faults = Path.Combine(_place.Folder, "faults.json");
        if (plan is not null)
        {
            await File.WriteAllTextAsync(faults, plan, Token);
        }

        using var emulator = await _place.ToolAsync("emulator", "--port", "0", "--faults", faults);

        Assert.Equal(2, emulator.ExitCode);
        Assert.Contains(message, Assert.Single(emulator.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_that_the_ledger_does_not_know_are_cancelled_only_on_request()
    {
        _place.Documents(Workplace.Invoice(1));
        await using var emulator = await _place.SlowEmulatorAsync();
        string[] backend = ["--backend", "developer", "--endpoint", emulator.Endpoint.ToString()];
        using var plan = await _place.SampleWithKeyAsync("good", ["plan", "--documents", "inbox", "--run", "r", .. backend]);
        var copy = _place.Ledger + ".copy";
        File.Copy(_place.Ledger, copy);
        using (var run = RunningProgram.Start("Invoices", _place.Folder, ["--documents", "inbox", "--run", "r", "--yes", .. backend], new Dictionary<string, string> { ["GEMINI_API_KEY"] = "good" }))
        {
            await run.WaitForOutputAsync("waiting for jobs");
            await run.KillAsync();
        }

        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(_place.Ledger)!, "invoices.db-*"))
        {
            File.Delete(file);
        }

        File.Move(copy, _place.Ledger, overwrite: true);
        using var unasked = await _place.SampleWithKeyAsync("good", ["sweep", .. backend]);
        var cancelledUnasked = emulator.Calls.Count(static call => call.Operation == EmulatedOperation.CancelBatch);
        using var swept = await _place.SampleWithKeyAsync("good", ["sweep", "--yes", .. backend]);

        Assert.Equal(2, unasked.ExitCode);
        Assert.Contains("1 job runs under this ledger's name", Assert.Single(unasked.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("--yes", unasked.Error, StringComparison.Ordinal);
        Assert.Equal(0, cancelledUnasked);
        Assert.True(swept.ExitCode == 0, swept.Error);
        Assert.Contains("1 job cancelled", swept.Output, StringComparison.Ordinal);
        Assert.Single(emulator.Calls, static call => call is { Operation: EmulatedOperation.CancelBatch, Status: 200 });
    }
}
