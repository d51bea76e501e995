using System.Net;
using System.Net.Sockets;

namespace GeminiBatch.CommandLine.Tests.Processes;

/// <summary>Wrong things give exactly one line that names them, and an exit code; never a stack trace.</summary>
public sealed class MistakeTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_missing_folder() => IsOneLine(await _place.SampleAsync("--documents", "nowhere"), 2, "nowhere");

    [Fact]
    public async Task An_empty_folder()
    {
        Directory.CreateDirectory(Path.Combine(_place.Folder, "void"));

        IsOneLine(await _place.SampleAsync("--documents", "void"), 2, "void");
    }

    [Fact]
    public async Task A_file_instead_of_a_folder()
    {
        var inbox = _place.Documents(Workplace.Invoice(1));

        IsOneLine(await _place.SampleAsync("--documents", Path.Combine(inbox, "invoice-001.txt")), 2, "invoice-001.txt");
    }

    [Fact]
    public async Task A_dangling_link()
    {
        var inbox = _place.Documents(Workplace.Invoice(1));
        File.CreateSymbolicLink(Path.Combine(inbox, "gone.txt"), "/nowhere/gone.txt");

        IsOneLine(await _place.SampleAsync("--documents", "inbox"), 2, "gone.txt");
        using var skipping = await _place.SampleAsync("--documents", "inbox", "--skip-unreadable");
        Assert.Contains("1 of 2 documents accounted for: 1 succeeded, 0 failed, 1 skipped", skipping.Output, StringComparison.Ordinal);
        Assert.Contains("gone.txt", skipping.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_documents_that_cannot_be_read_are_named_together()
    {
        var inbox = _place.Documents(Workplace.Invoice(1), ("empty.txt", ""));
        await File.WriteAllBytesAsync(Path.Combine(inbox, "latin.txt"), [0x4D, 0xFC, 0x6C, 0x6C], TestContext.Current.CancellationToken);
        var (run, plan) = (await _place.SampleAsync("--documents", "inbox"), await _place.SampleAsync("plan", "--documents", "inbox"));

        Assert.Contains("empty.txt", run.Error, StringComparison.Ordinal);
        IsOneLine(run, 2, "latin.txt");
        IsOneLine(plan, 2, "empty.txt");
        Assert.Empty(_place.JobNames());
    }

    [Fact]
    public async Task No_document_that_can_be_read()
    {
        _place.Documents(("empty.txt", ""));

        IsOneLine(await _place.SampleAsync("--documents", "inbox", "--skip-unreadable"), 2, "None of 1 document");
    }

    [Fact]
    public async Task A_file_whose_name_steers_the_terminal()
    {
        var inbox = _place.Documents();
        await File.WriteAllTextAsync(Path.Combine(inbox, "evil\u001b[31m\n.txt"), "Hall & Sons\n", TestContext.Current.CancellationToken);

        using var run = await _place.SampleAsync("--documents", "inbox", "--noise", "none");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("0 succeeded, 1 failed", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output + run.Error);
        Assert.Contains(run.Output.Split('\n'), static line => line.Contains("evil", StringComparison.Ordinal) && line.Contains(".txt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_as_the_ledger()
    {
        Directory.CreateDirectory(Path.Combine(_place.Folder, "dir.db"));

        IsOneLine(await _place.SampleAsync("--ledger", "dir.db"), 2, "is a folder");
        IsOneLine(await _place.SampleAsync("status", "--ledger", "dir.db"), 2, "is a folder");
    }

    [Fact]
    public async Task A_key_with_a_blank_in_it() => IsOneLine(await _place.SampleWithKeyAsync("my secret", "--backend", "developer"), 2, "GEMINI_API_KEY");

    [Fact]
    public async Task A_model_that_nobody_knows()
    {
        IsOneLine(await _place.SampleAsync("--model", "gemini-3.5-flesh"), 2, "'gemini-3.5-flash'");
        Assert.Empty(_place.JobNames());
    }

    [Fact]
    public async Task A_mistyped_command() => IsOneLine(await _place.SampleAsync("pln"), 2, "'plan'");

    [Fact]
    public async Task A_cap_in_a_culture_whose_point_groups_digits()
    {
        var german = new Dictionary<string, string> { ["LC_ALL"] = "de_DE.UTF-8" };
        IsOneLine(await RunningProgram.RunAsync("Invoices", _place.Folder, ["--max-cost", "0.0005"], german), 2, "may cost $0.0005");
        IsOneLine(await RunningProgram.RunAsync("Invoices", _place.Folder, ["--max-cost", "0,5"], german), 2, "0.5");
        Assert.Empty(_place.JobNames());
    }

    [Fact]
    public async Task A_second_program_on_the_same_ledger()
    {
        await using var emulator = await _place.SlowEmulatorAsync();
        string[] arguments = ["--backend", "developer", "--endpoint", emulator.Endpoint.ToString(), "--yes"];
        using var first = RunningProgram.Start("Invoices", _place.Folder, arguments, new Dictionary<string, string> { ["GEMINI_API_KEY"] = "good" });
        await first.WaitForOutputAsync("waiting for jobs");

        IsOneLine(await _place.SampleWithKeyAsync("good", arguments), 2, $"driven by process {first.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)} on this machine");
    }

    [Fact]
    public async Task A_dangling_link_as_the_folder()
    {
        Directory.CreateSymbolicLink(Path.Combine(_place.Folder, "gone"), "/nowhere/folder");

        IsOneLine(await _place.SampleAsync("--documents", "gone"), 2, "gone");
    }

    [Fact]
    public async Task A_corrupt_ledger()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_place.Ledger)!);
        await File.WriteAllTextAsync(_place.Ledger, new string('x', 10_000), TestContext.Current.CancellationToken);

        IsOneLine(await _place.SampleAsync(), 2, "invoices.db");
        IsOneLine(await _place.SampleAsync("status"), 2, "invoices.db");
    }

    [Fact]
    public async Task A_full_ledger() => IsOneLine(await _place.SampleAsync("--ledger-max-megabytes", "0.1"), 2, "invoices.db");

    [Fact]
    public async Task A_missing_ledger() => IsOneLine(await _place.ToolAsync("status", "--ledger", "none.db"), 2, "none.db");

    [Fact]
    public async Task A_missing_key() => IsOneLine(await _place.SampleAsync("--backend", "developer"), 2, "GEMINI_API_KEY");

    [Fact]
    public async Task A_wrong_key()
    {
        using var emulator = RunningProgram.Start("GeminiBatch.Cli", _place.Folder, ["emulator", "--port", "0"]);
        var endpoint = (await emulator.WaitForOutputAsync("Stop it with Ctrl-C")).Split('\n')[0].Split(' ')[^1];
        _place.Documents(Workplace.Invoice(1));

        IsOneLine(await _place.SampleWithKeyAsync("bad-secret", "--documents", "inbox", "--backend", "developer", "--endpoint", endpoint, "--yes"), 3, "key");
        using var good = await _place.SampleWithKeyAsync("good", "--documents", "inbox", "--backend", "developer", "--endpoint", endpoint, "--yes", "--ledger", "other.db");
        await emulator.SignalAsync("INT");
        await emulator.WaitAsync();
        Assert.Equal(0, emulator.ExitCode);
    }

    [Fact]
    public async Task A_port_in_use()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        IsOneLine(await _place.SampleAsync("--emulator-port", port), 2, port);
        IsOneLine(await _place.ToolAsync("emulator", "--port", port), 2, port);
    }

    [Theory]
    [InlineData("--bogus")]
    [InlineData("bogus")]
    [InlineData("--max-cost", "much")]
    [InlineData("--max-cost", "-1")]
    [InlineData("--max-cost", "0,5")]
    [InlineData("--max-cost", "1,500.00")]
    [InlineData("--max-cost", "0")]
    [InlineData("--max-cost", "9300000000")]
    [InlineData("--ledger-max-megabytes", "0,5")]
    [InlineData("--ledger-max-megabytes", "99999999999999999999")]
    [InlineData("--max-attempts", "2.5")]
    [InlineData("--seed", "1.000")]
    [InlineData("--run", "")]
    [InlineData("--model", " ")]
    [InlineData("--documents", "")]
    [InlineData("--endpoint", "http://127.0.0.1:1/v1beta", "--backend", "developer")]
    [InlineData("--on-recipe-change", "perhaps")]
    [InlineData("--emulator-port", "99999")]
    [InlineData("--endpoint", "http://127.0.0.1/")]
    [InlineData("--run")]
    public async Task An_option_that_makes_no_sense(params string[] arguments) => IsOneLine(await _place.SampleAsync(arguments), 2, arguments[0]);

    [Fact]
    public async Task No_network() =>
        IsOneLine(await _place.SampleWithKeyAsync("key", "--backend", "developer", "--endpoint", "http://127.0.0.1:9/", "--yes"), 3, "127.0.0.1:9");

    [Fact]
    public async Task Spending_money_without_being_asked() =>
        IsOneLine(await _place.SampleWithKeyAsync("key", "--backend", "developer", "--endpoint", "http://127.0.0.1:9/"), 2, "--max-cost");

    [Fact]
    public async Task A_changed_recipe()
    {
        _place.Documents(Workplace.Invoice(1));
        using var first = await _place.SampleAsync("--documents", "inbox");

        var refused = await _place.SampleAsync("--documents", "inbox", "--model", "gemini-3.5-flash-lite");
        Assert.Equal(2, refused.Error.Split("'gemini-3.5-flash-lite'").Length);
        Assert.DoesNotContain("OnRecipeChange", refused.Error, StringComparison.Ordinal);
        IsOneLine(refused, 2, "--on-recipe-change");
        using var kept = await _place.SampleAsync("--documents", "inbox", "--model", "gemini-3.5-flash-lite", "--on-recipe-change", "keep");
        Assert.Contains("0 jobs submitted", kept.Output, StringComparison.Ordinal);
        using var again = await _place.SampleAsync("--documents", "inbox", "--model", "gemini-3.5-flash-lite", "--on-recipe-change", "extract-again");
        Assert.Contains("1 job submitted", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_run()
    {
        _place.Documents(Workplace.Invoice(1));
        using var first = await _place.SampleAsync("--documents", "inbox");

        IsOneLine(await _place.SampleAsync("resume", "--run", "bogus"), 2, "bogus");
    }

    private static void IsOneLine(RunningProgram program, int exitCode, string names)
    {
        using (program)
        {
            Assert.True(exitCode == program.ExitCode, $"Exit code {program.ExitCode}:\n{program.Output}\n{program.Error}");
            var line = Assert.Single(program.ErrorLines);
            Assert.Contains(names, line, StringComparison.Ordinal);
            Assert.True(program.Output.Length == 0, program.Output);
            Assert.DoesNotContain("Unexpected", line, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", program.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", program.Error, StringComparison.Ordinal);
        }
    }
}
