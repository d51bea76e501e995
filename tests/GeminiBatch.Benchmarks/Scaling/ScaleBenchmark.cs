using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace GeminiBatch.Benchmarks;

/// <summary>
/// Whole runs through the emulator, from plan to results, at several sizes: the emulator has a process of its own, and only the product's memory and
/// processor time are counted.
/// </summary>
internal static class ScaleBenchmark
{
    private const double MostMegabytes = 250;
    private const double MostGrowth = 1.15;

    public static async Task<int> RunAsync(string[] arguments)
    {
        switch (arguments.FirstOrDefault())
        {
            case "emulator":
                await EmulateAsync();
                return 0;
            case "pipeline":
                await CompleteAsync(int.Parse(arguments[1], CultureInfo.InvariantCulture), new Uri(arguments[2]));
                return 0;
        }

        int[] counts = arguments.Length > 0 ? [.. arguments.Select(static argument => int.Parse(argument, CultureInfo.InvariantCulture))] : [10_000, 1_000_000];
        var isGood = true;
        double? first = null;
        foreach (var count in counts)
        {
            var start = Measured.Again("scale", "emulator");
            start.RedirectStandardInput = true;
            using var emulator = Process.Start(start)!;
            var endpoint = (await emulator.StandardOutput.ReadLineAsync())!;
            var run = Measured.Child("scale", "pipeline", count.ToString(CultureInfo.InvariantCulture), endpoint);
            emulator.StandardInput.Close();
            await emulator.WaitForExitAsync();
            var cost = run["cpu"] / count;
            first ??= cost;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} documents from plan to results: {run["plan"]:0.0} s planning, {run["complete"]:0.0} s to the last answer (the emulator's time included), {run["read"]:0.0} s reading results"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  peak memory {run.PeakMegabytes:N0} MB; {cost * 1e6:0.0} us of processor a document, {cost / first:0.00} x that of the first size"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  ledger {run["ledger"] / count:N0} bytes a document, spool {run["spool"] / count:N0}"));
            isGood &= Requirement.AtMost(MostMegabytes, run.PeakMegabytes, string.Create(CultureInfo.InvariantCulture, $"peak memory of {count:N0} documents, plan to results"), "MB");
            isGood &= cost == first || Requirement.AtMost(MostGrowth, cost / first.Value, string.Create(CultureInfo.InvariantCulture, $"cost of a document among {count:N0}"), "x that of the first size");
        }

        return isGood ? 0 : 1;
    }

    private static async Task EmulateAsync()
    {
        await using var emulator = await GeminiEmulator.StartAsync(new GeminiEmulatorOptions
        {
            PendingTime = TimeSpan.FromMilliseconds(10),
            RunningTime = TimeSpan.FromMilliseconds(10),
            Answerer = static (key, _) => Answer(key),
        });
        Console.WriteLine(emulator.Endpoint);
        await Console.In.ReadToEndAsync();
    }

    private static string Answer(string key) => new JsonObject { ["number"] = "R-" + key, ["total"] = 26.25 }.ToJsonString();

    private static async Task CompleteAsync(int count, Uri endpoint)
    {
        var folder = Directory.CreateTempSubdirectory("gemini-batch-scale-").FullName;
        try
        {
            var ledger = Path.Combine(folder, "ledger.db");
            await using var extractor = BatchExtractor.Create(builder => builder
                .UseDeveloperApi(options => (options.ApiKey, options.Endpoint) = (endpoint.Authority, endpoint))
                .UseSqliteLedger(ledger)
                .Configure(static options => (options.InitialPollInterval, options.MaxPollInterval) = (TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2))));
            await using var run = await extractor.OpenAsync(Receipts.Schema, "scale", Receipts.Documents(count), Receipts.Request);
            var clock = Stopwatch.StartNew();
            await run.PlanAsync();
            var planned = clock.Elapsed;
            await run.CompleteAsync();
            var completed = clock.Elapsed;
            var read = 0;
            await foreach (var result in run.UntypedResultsAsync())
            {
                read += result.Succeeded ? 1 : 0;
            }

            var spool = Measured.BytesOnDisk(ledger + ".spool");
            Measured.Report(
                ("plan", planned.TotalSeconds), ("complete", (completed - planned).TotalSeconds), ("read", (clock.Elapsed - completed).TotalSeconds),
                ("ledger", Measured.BytesOnDisk(folder) - spool), ("spool", spool));
            if (read != count)
            {
                throw new InvalidOperationException($"{read} of {count} documents succeeded.");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
