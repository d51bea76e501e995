using System.Text.Json;
using System.Text.RegularExpressions;
using GeminiBatch.CommandLine.Tests.Exporting;
using GeminiBatch.Testing;

namespace GeminiBatch.CommandLine.Tests.Processes;

public sealed class SampleTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task The_sample_accounts_for_all_its_documents_and_a_second_run_sends_nothing()
    {
        using var first = await _place.SampleAsync();

        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Contains("40 of 40 documents accounted for", first.Output, StringComparison.Ordinal);
        Assert.Contains("Accuracy", first.Output, StringComparison.Ordinal);
        Assert.Contains("by rules and not by a model", first.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', first.Output);
        Assert.DoesNotContain('\u001b', first.Error);
        Assert.DoesNotContain("expected.json", first.Error, StringComparison.Ordinal);
        var results = await File.ReadAllTextAsync(_place.Results, TestContext.Current.CancellationToken);

        using var second = await _place.SampleAsync();

        Assert.Contains("40 of 40 documents accounted for", second.Output, StringComparison.Ordinal);
        Assert.Contains("0 jobs submitted", second.Output, StringComparison.Ordinal);
        Assert.Equal(results, await File.ReadAllTextAsync(_place.Results, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_readme_shows_what_the_sample_prints()
    {
        var readme = Path.Combine(SourceTree.Root, "README.md");
        var shown = (await File.ReadAllTextAsync(readme, TestContext.Current.CancellationToken)).Split("```text\n")[1].Split("```")[0];

        using var run = await _place.SampleAsync();

        var printed = run.Output.Replace(_place.Folder + "/", "", StringComparison.Ordinal).Split('\n').Select(Timeless).ToList();
        Assert.All(shown.Split('\n').Where(static line => line is not ("" or "…")).Select(Timeless), line => Assert.Contains(line, printed));

        static string Timeless(string line) => Regex.Replace(line, @"\b\d\d:\d\d$", "");
    }

    [Fact]
    public async Task Only_the_files_of_a_pattern_are_documents()
    {
        _place.Documents(Workplace.Invoice(1), Workplace.Invoice(2), ("notes.md", "Nothing here."));

        using var plan = await _place.SampleAsync("plan", "--documents", "inbox", "--pattern", "*.md", "--json");

        Assert.True(plan.ExitCode == 0, plan.Error);
        Assert.Equal(1, JsonElement.Parse(plan.Output).GetProperty("documents").GetInt32());
    }

    [Fact]
    public async Task Results_are_in_both_files_once_each_with_their_metadata()
    {
        using var run = await _place.SampleAsync("--noise", "none", "--output", "out");

        var lines = (await File.ReadAllLinesAsync(Path.Combine(_place.Folder, "out", "invoices-emulated.jsonl"), TestContext.Current.CancellationToken)).Select(line => JsonElement.Parse(line)).ToList();
        var rows = CsvReader.Read(await File.ReadAllTextAsync(Path.Combine(_place.Folder, "out", "invoices-emulated.csv"), TestContext.Current.CancellationToken));
        Assert.Equal(40, lines.Select(line => line.GetProperty("id").GetString()).Distinct().Count());
        Assert.Equal(40, lines.Count);
        Assert.Equal(lines.Select(line => line.GetProperty("id").GetString()), rows.Skip(1).Select(row => row[0]));
        var country = rows[0].IndexOf("metadata.country");
        Assert.Equal("ca", rows[1][country]);
        Assert.Equal("ca", lines[0].GetProperty("metadata").GetProperty("country").GetString());
        var number = rows[0].IndexOf("number");
        foreach (var (line, row) in lines.Zip(rows.Skip(1)))
        {
            var value = line.GetProperty("value");
            Assert.Equal(value.ValueKind == JsonValueKind.Null ? "" : value.GetProperty("number").GetString(), row[number].TrimStart('\''));
        }
    }

    [Fact]
    public async Task The_outcome_is_one_json_object_on_request()
    {
        _place.Documents(Workplace.Invoice(1), Workplace.Invoice(2));

        using var run = await _place.SampleAsync("--documents", "inbox", "--json");

        var outcome = JsonElement.Parse(run.Output);
        Assert.Equal(2, outcome.GetProperty("planned").GetInt32());
        Assert.Equal(0, outcome.GetProperty("pending").GetInt32());
    }

    [Fact]
    public async Task A_plan_sends_nothing()
    {
        using var plan = await _place.SampleAsync("plan");

        Assert.Equal(0, plan.ExitCode);
        Assert.Contains("40 rows in 1 job", plan.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was sent.", plan.Output, StringComparison.Ordinal);
        Assert.Empty(_place.JobNames());
    }

    [Fact]
    public async Task Documents_added_later_are_the_only_ones_submitted()
    {
        _place.Documents(Workplace.Invoice(1), Workplace.Invoice(2));
        using var first = await _place.SampleAsync("--documents", "inbox", "--noise", "none");
        _place.Documents(Workplace.Invoice(3));

        using var second = await _place.SampleAsync("--documents", "inbox", "--noise", "none");

        Assert.Contains("3 of 3 documents accounted for", second.Output, StringComparison.Ordinal);
        Assert.Contains("1 job submitted", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_are_no_documents_are_named()
    {
        _place.Documents(Workplace.Invoice(1), ("notes.md", "no invoice"), ("invoice-001.expected.json", "{}"));

        using var run = await _place.SampleAsync("--documents", "inbox");

        Assert.Contains("notes.md", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("expected.json' does not match", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failed_documents_are_told_fail_the_program_on_request_and_can_be_retried()
    {
        _place.Documents(Workplace.Invoice(1), ("torn.txt", "Hall & Sons\nInvoice number: A-7\nInvoice date: 2025-03-04\n"));

        using var run = await _place.SampleAsync("--documents", "inbox", "--noise", "none", "--fail-on-failures");

        Assert.True(run.ExitCode == 1, run.Error);
        Assert.Contains("2 of 2 documents accounted for: 1 succeeded, 1 failed", run.Output, StringComparison.Ordinal);
        Assert.Contains("torn.txt: ", run.Output, StringComparison.Ordinal);

        using var retried = await _place.SampleAsync("retry", "--noise", "none");

        Assert.Contains("1 row will be sent again.", retried.Error, StringComparison.Ordinal);
        Assert.Contains("2 of 2 documents accounted for: 1 succeeded, 1 failed", retried.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("0 jobs submitted", retried.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_failed_is_exported_and_fed_back_in()
    {
        _place.Documents(Workplace.Invoice(1), ("torn.txt", "Hall & Sons\nInvoice number: A-7\nInvoice date: 2025-03-04\n"));
        using var run = await _place.SampleAsync("--documents", "inbox", "--noise", "none", "--run", "first");

        using var export = await _place.SampleAsync("export", "--run", "first", "--output", "out");
        using var again = await _place.SampleAsync("--documents", "out/first.failures.jsonl", "--noise", "none", "--run", "second");

        Assert.Contains("has 1 document to ask again", export.Output, StringComparison.Ordinal);
        Assert.Contains("1 of 1 documents accounted for: 0 succeeded, 1 failed", again.Output, StringComparison.Ordinal);
        Assert.Contains("torn.txt", again.Output, StringComparison.Ordinal);
        Assert.Equal(1, again.ExitCode);
    }

    [Fact]
    public async Task Cancelling_stops_the_jobs_and_keeps_the_rest_pending()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        using (var run = RunningProgram.Start("Invoices", _place.Folder, []))
        {
            await run.WaitForOutputAsync("waiting for jobs");
            await run.SignalAsync("INT");
            await run.WaitAsync();
        }

        using var cancel = await _place.SampleAsync("cancel");
        using var status = await _place.SampleAsync("status", "--json");
        using var resumed = await _place.SampleAsync("resume");

        Assert.True(cancel.ExitCode == 0, cancel.Error);
        Assert.Contains("is at work", cancel.Output, StringComparison.Ordinal);
        var overview = JsonElement.Parse(status.Output).GetProperty("runs")[0];
        Assert.Equal(40, overview.GetProperty("succeeded").GetInt32() + overview.GetProperty("failed").GetInt32() + overview.GetProperty("pending").GetInt32());
        Assert.Contains("40 of 40 documents accounted for", resumed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_never_give_way_to_none()
    {
        _place.Documents(Workplace.Invoice(1));
        using var run = await _place.SampleAsync("--documents", "inbox", "--noise", "none", "--run", "one", "--output", "out");
        Assert.Equal(0, run.ExitCode);
        var results = Path.Combine(_place.Folder, "out", "one.jsonl");
        var before = await File.ReadAllTextAsync(results, TestContext.Current.CancellationToken);
        using var plan = await _place.SampleAsync("plan", "--documents", "inbox", "--run", "one", "--ledger", "other.db");

        using var export = await _place.SampleAsync("export", "--run", "one", "--ledger", "other.db", "--output", "out");

        Assert.Equal(2, export.ExitCode);
        Assert.Contains("was left as it is", export.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(results, TestContext.Current.CancellationToken));
        Assert.Equal(["one.csv", "one.jsonl"], Directory.GetFiles(Path.GetDirectoryName(results)!).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_ledger_elsewhere_keeps_its_companions_by_its_name()
    {
        _place.Documents(Workplace.Invoice(1));

        using var run = await _place.SampleAsync("--documents", "inbox", "--ledger", "l.db");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["inbox", "l.db", "l.db.emulator", "l.db.results", "l.db.spool"], Directory.GetFileSystemEntries(_place.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task The_folder_of_the_ledger_is_for_its_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file mode.");
            return;
        }

        _place.Documents(Workplace.Invoice(1));

        using var run = await _place.SampleAsync("plan", "--documents", "inbox");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(_place.Ledger)!));
        using var status = await _place.SampleAsync("status");
        Assert.Contains("planned", status.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tool_reads_a_typed_ledger_without_its_types()
    {
        using var run = await _place.SampleAsync("--noise", "none");
        var exported = Path.Combine(_place.Folder, "exported");

        using var status = await _place.ToolAsync("status");
        using var export = await _place.ToolAsync("export", "--output", exported);
        using var doctor = await _place.ToolAsync("doctor");

        Assert.Contains("invoices", status.Output, StringComparison.Ordinal);
        Assert.Contains("ended", status.Output, StringComparison.Ordinal);
        Assert.Contains("40 of 40 documents exported", export.Output, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllTextAsync(_place.Results, TestContext.Current.CancellationToken), await File.ReadAllTextAsync(Path.Combine(exported, "invoices-emulated.jsonl"), TestContext.Current.CancellationToken));
        Assert.True(doctor.ExitCode == 0, doctor.Output);
        Assert.Contains("is sound", doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_users_key_never_reaches_the_emulator_or_the_screen()
    {
        using var run = await _place.SampleWithKeyAsync("bad-secret-key-of-the-user");

        Assert.True(run.ExitCode == 0, run.Error);
        var traces = Directory.EnumerateFiles(_place.Folder, "*", SearchOption.AllDirectories).Where(path => File.ReadAllText(path).Contains("secret-key", StringComparison.Ordinal));
        Assert.Empty(traces);
        Assert.DoesNotContain("secret-key", run.Output + run.Error, StringComparison.Ordinal);
    }
}
