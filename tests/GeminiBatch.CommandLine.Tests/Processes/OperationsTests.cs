using System.Text.Json;

namespace GeminiBatch.CommandLine.Tests.Processes;

/// <summary>What one does with a run besides driving it to its end.</summary>
public sealed class OperationsTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_run_is_planned_by_part_paused_resumed_billed_cleaned_up_and_deleted()
    {
        _place.Documents(Workplace.Invoice(1), Workplace.Invoice(2), Workplace.Invoice(3));
        var plan = JsonElement.Parse(await OutputAsync("plan", "--documents", "inbox", "--run", "r", "--count-tokens", "2", "--json"));
        Assert.Contains("corrected by countTokens over 2 rows", plan.GetProperty("costBasis").GetString(), StringComparison.Ordinal);
        var parts = plan.GetProperty("estimatedCostUsdByPart");
        Assert.True(parts.GetProperty("input").GetDecimal() > 0 && parts.GetProperty("output").GetDecimal() > 0);
        Assert.Equal((0m, 0m), (parts.GetProperty("thinking").GetDecimal(), parts.GetProperty("search").GetDecimal()));

        Assert.Contains("resume --run r", await OutputAsync("pause", "--run", "r"), StringComparison.Ordinal);
        Assert.Contains("the run is paused", await OutputAsync("run", "--documents", "inbox", "--run", "r"), StringComparison.Ordinal);
        Assert.Contains("paused", await OutputAsync("status"), StringComparison.Ordinal);
        Assert.Empty(_place.JobNames());

        var resumed = await OutputAsync("resume", "--run", "r");
        Assert.Contains("3 of 3 documents accounted for", resumed, StringComparison.Ordinal);
        Assert.Contains("bill: input ", resumed, StringComparison.Ordinal);
        Assert.Contains("; estimated ", resumed, StringComparison.Ordinal);
        Assert.Single(_place.JobNames());

        Assert.Contains("No job at the backend", await OutputAsync("sweep"), StringComparison.Ordinal);
        Assert.Contains("1 batch file deleted", await OutputAsync("clean-up", "--older-than", "0.000001"), StringComparison.Ordinal);

        using (var unasked = await _place.SampleAsync("delete", "--run", "r"))
        {
            Assert.Equal(2, unasked.ExitCode);
            Assert.Contains("--yes", Assert.Single(unasked.ErrorLines), StringComparison.Ordinal);
        }

        Assert.Contains("Deleted: 'r' with 3 answers", await OutputAsync("delete", "--run", "r", "--yes"), StringComparison.Ordinal);
        Assert.Contains("The ledger has no run", await OutputAsync("status"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_higher_cap_lets_a_refused_run_go_on_without_its_documents()
    {
        var inbox = _place.Documents(Workplace.Invoice(1), Workplace.Invoice(2));
        using (var refused = await _place.SampleAsync("--documents", "inbox", "--run", "r", "--max-cost", "0.0000001"))
        {
            Assert.Equal(2, refused.ExitCode);
            Assert.Contains("--max-cost", Assert.Single(refused.ErrorLines), StringComparison.Ordinal);
        }

        Directory.Delete(inbox, recursive: true);
        Assert.Contains("2 of 2 documents accounted for", await OutputAsync("resume", "--run", "r", "--max-cost", "1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_processes_on_one_ledger_never_corrupt_it_or_submit_twice()
    {
        _place.Documents([.. Enumerable.Range(1, 12).Select(Workplace.Invoice)]);
        using var emulator = RunningProgram.Start("GeminiBatch.Cli", _place.Folder, ["emulator", "--port", "0"]);
        var endpoint = (await emulator.WaitForOutputAsync("Stop it with Ctrl-C")).Split('\n')[0].Split(' ')[^1];
        string[] common = ["--documents", "inbox", "--ledger", "shared.db", "--backend", "developer", "--endpoint", endpoint, "--yes"];
        var key = new Dictionary<string, string> { ["GEMINI_API_KEY"] = "good" };

        // Two of each run, begun together; one of them is killed on its way, unless another one has the ledger and it has ended by itself.
        string[] runs = ["one", "one", "two", "two"];
        var programs = runs.Select(run => RunningProgram.Start("Invoices", _place.Folder, [.. common, "--run", run, "--output", $"out-{run}"], key)).ToList();
        try
        {
            await programs[0].SaysOrEndsAsync("one");
            await programs[0].KillAsync();
            foreach (var program in programs)
            {
                await program.WaitAsync();
            }

            Assert.All(programs.Skip(1), static program => Assert.True(program.ExitCode == 0 || program.Error.Contains("driven by process", StringComparison.Ordinal), program.Error));
        }
        finally
        {
            programs.ForEach(static program => program.Dispose());
        }

        foreach (var run in runs.Distinct())
        {
            using var again = await RunningProgram.RunAsync("Invoices", _place.Folder, [.. common, "--run", run, "--output", $"out-{run}"], key);
            Assert.True(again.ExitCode == 0, again.Error);
            Assert.Contains("12 of 12 documents accounted for", again.Output, StringComparison.Ordinal);
        }

        using var doctor = await RunningProgram.RunAsync("Invoices", _place.Folder, ["doctor", "--ledger", "shared.db", "--deep", "--json"], key);
        Assert.Equal("good", JsonElement.Parse(doctor.Output).GetProperty("ledger").GetProperty("verdict").GetString());
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{endpoint.TrimEnd('/')}/v1beta/batches");
        request.Headers.Add("x-goog-api-key", "good");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var jobs = JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("operations").EnumerateArray()
            .Select(static job => job.GetProperty("metadata").GetProperty("displayName").GetString()!).ToList();

        // Rows that the first run has answered are taken by the second.
        Assert.InRange(jobs.Count, 1, 2);
        Assert.Equal(jobs.Count, jobs.Select(static name => name[..name.LastIndexOf('-')]).Distinct().Count());
    }

    private async Task<string> OutputAsync(params string[] arguments)
    {
        using var program = await _place.SampleAsync(arguments);
        Assert.True(program.ExitCode == 0, $"{string.Join(' ', arguments)}: {program.Error}{program.Output}");
        return program.Output;
    }
}
