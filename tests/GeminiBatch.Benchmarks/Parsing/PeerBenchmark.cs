using System.Diagnostics;
using System.Globalization;

namespace GeminiBatch.Benchmarks;

/// <summary>
/// Reads the same answers by the npm packages <c>@boundaryml/baml</c> and <c>jsonrepair</c>, in a process of node. Both are timed inside it. A fence is
/// cut off for jsonrepair, which refuses one; it makes no typed value.
/// </summary>
internal static class PeerBenchmark
{
    public static int Run()
    {
        var folder = Directory.CreateTempSubdirectory("gemini-batch-peers-").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(folder, "clean.txt"), OrderAnswers.Clean(OrderAnswers.FewLines));
            File.WriteAllBytes(Path.Combine(folder, "messy.txt"), OrderAnswers.Messy(OrderAnswers.FewLines));
            var script = Path.Combine(AppContext.BaseDirectory, "Parsing", "peers.mjs");
            if (Output(folder, "npm", "install", "--no-audit", "--no-fund", "--silent", "@boundaryml/baml@0.226.2", "jsonrepair@3.15.0") is null
                || Output(folder, "node", script, folder) is not { } measured)
            {
                Console.Error.WriteLine("The peers need node and npm, and packages that can be installed.");
                return 2;
            }

            var isGood = true;
            foreach (var line in measured.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static line => line.Split(' ')))
            {
                var answer = line[1] == "clean" ? OrderAnswers.Clean(OrderAnswers.FewLines) : OrderAnswers.Messy(OrderAnswers.FewLines);
                var own = Timing.InTurns(600, 10, [() => Order.Schema.Parse(answer), () => JsonRepair.Repair(answer)]);
                var peer = double.Parse(line[2], NumberStyles.Float, CultureInfo.InvariantCulture);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{line[1]}: {line[0]} {peer:0.0} us; Schema.Parse {own[0].Microseconds:0.0} us, {peer / own[0].Microseconds:0.0} x faster; JsonRepair.Repair {own[1].Microseconds:0.0} us, {peer / own[1].Microseconds:0.0} x faster"));
                if (line[1] == "messy")
                {
                    isGood &= line[0] == "baml"
                        ? Requirement.AtLeast(100, peer / own[0].Microseconds, "Schema.Parse, messy", "x faster than baml, which makes a typed value too")
                        : Requirement.AtLeast(8, peer / own[1].Microseconds, "JsonRepair.Repair, messy", "x faster than jsonrepair, which makes none either");
                }
            }

            return isGood ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string? Output(string folder, string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, UseShellExecute = false })!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
