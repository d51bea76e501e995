namespace GeminiBatch.CommandLine.Tests.Processes;

/// <summary>The program is ended at any moment and started again: same results, each document once, nothing sent twice.</summary>
public sealed class KilledTests
{
    private const int Moments = 20;

    [Fact]
    public async Task Killed_at_twenty_moments_it_ends_with_the_same_results()
    {
        var token = TestContext.Current.CancellationToken;
        using var whole = new Workplace();
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        using (var run = await whole.SampleAsync())
        {
            Assert.True(run.ExitCode == 0, run.Error);
        }

        var duration = System.Diagnostics.Stopwatch.GetElapsedTime(started);
        var expected = await File.ReadAllTextAsync(whole.Results, token);
        var random = new Random(20);
        var moments = Enumerable.Range(0, Moments).Select(_ => duration * random.NextDouble()).ToArray();
        await Parallel.ForEachAsync(moments, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = token }, async (after, _) =>
        {
            using var place = new Workplace();
            using (var killed = RunningProgram.Start("Invoices", place.Folder, []))
            {
                await Task.Delay(after, token);
                await killed.KillAsync();
            }

            using var again = await place.SampleAsync();

            Assert.True(again.ExitCode == 0, $"Killed after {after}: {again.Error}");
            Assert.Contains("40 of 40 documents accounted for", again.Output, StringComparison.Ordinal);
            Assert.Equal(expected, await File.ReadAllTextAsync(place.Results, token));
            Assert.Equal(whole.JobNames().Count, place.JobNames().Count);
            Assert.Equal(place.JobNames().Count, place.JobNames().Distinct().Count());
        });
    }

    [Fact]
    public async Task An_interrupted_resume_names_the_run_and_the_endpoint_that_it_drove()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        using var place = new Workplace();
        place.Documents(Workplace.Invoice(1));
        await using var emulator = await place.SlowEmulatorAsync();
        var endpoint = emulator.Endpoint.ToString();
        string[] backend = ["--backend", "developer", "--endpoint", endpoint, "--yes"];
        var key = new Dictionary<string, string> { ["GEMINI_API_KEY"] = "good" };
        using (var planned = await RunningProgram.RunAsync("Invoices", place.Folder, ["plan", "--documents", "inbox", "--run", "foo", .. backend[..4]], key))
        {
            Assert.Equal(0, planned.ExitCode);
        }

        using var resumed = RunningProgram.Start("Invoices", place.Folder, ["resume", .. backend], key);
        await resumed.WaitForOutputAsync("waiting for jobs");
        await resumed.SignalAsync("INT");
        await resumed.WaitAsync();

        Assert.Contains("1 job goes on at the backend", resumed.Error, StringComparison.Ordinal);
        Assert.Contains($"resume --run foo --ledger .gemini-batch/invoices.db --backend developer --endpoint {endpoint}", resumed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task An_interruption_stops_waiting_and_says_how_to_go_on(string signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        using var place = new Workplace();
        using (var run = RunningProgram.Start("Invoices", place.Folder, []))
        {
            await run.WaitForOutputAsync("waiting for jobs");
            await run.SignalAsync(signal);
            await run.WaitAsync();

            Assert.Equal(exitCode, run.ExitCode);
            Assert.Contains("resume --run invoices-emulated", run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        }

        using var resumed = await place.SampleAsync("resume", "--run", "invoices-emulated");

        Assert.Contains("40 of 40 documents accounted for", resumed.Output, StringComparison.Ordinal);
        Assert.Equal(place.JobNames().Count, place.JobNames().Distinct().Count());
    }
}
