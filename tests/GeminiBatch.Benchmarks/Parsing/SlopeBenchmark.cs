using System.Globalization;
using System.Text.Json;

namespace GeminiBatch.Benchmarks;

/// <summary>Cost per byte from 2 KB to 10 MB, clean and messy, beside System.Text.Json's own in the same run.</summary>
internal static class SlopeBenchmark
{
    private const double MostTimes = 1.3;

    private static readonly int[] Lines = [16, 160, 1_600, 16_000, 84_000];

    public static int Run()
    {
        Console.WriteLine("bytes, then nanoseconds of processor time per byte (median): System.Text.Json clean, Schema.Parse clean, Schema.Parse messy; slope is against 2 KB");
        double[]? first = null;
        var worst = 0.0;
        foreach (var lines in Lines)
        {
            var clean = OrderAnswers.Clean(lines);
            var messy = OrderAnswers.Messy(lines);
            var rounds = Math.Clamp(20_000_000 / clean.Length, 7, 600);
            var timed = Timing.InTurns(rounds, Math.Max(1, 20_000 / clean.Length),
            [
                () => JsonSerializer.Deserialize(clean, OrderContext.Default.Order),
                () => Order.Schema.Parse(clean),
                () => Order.Schema.Parse(messy),
            ],
            ofProcessor: true);
            double[] perByte = [timed[0].Microseconds * 1000 / clean.Length, timed[1].Microseconds * 1000 / clean.Length, timed[2].Microseconds * 1000 / messy.Length];
            first ??= perByte;
            var slope = perByte.Zip(first).Select(static pair => pair.First / pair.Second).ToArray();
            worst = Math.Max(worst, Math.Max(slope[1], slope[2]) / slope[0]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{clean.Length,10} {perByte[0],8:0.00} {perByte[1],8:0.00} {perByte[2],8:0.00}   slope {slope[0]:0.00} {slope[1]:0.00} {slope[2]:0.00}; against System.Text.Json's {slope[1] / slope[0]:0.00} {slope[2] / slope[0]:0.00}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"steepest against System.Text.Json {worst:0.00}, at most {MostTimes}: {(worst <= MostTimes ? "passed" : "FAILED")}"));
        return worst <= MostTimes ? 0 : 1;
    }
}
