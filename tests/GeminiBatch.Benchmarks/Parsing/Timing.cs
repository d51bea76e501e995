using System.Diagnostics;
using System.Globalization;

namespace GeminiBatch.Benchmarks;

/// <summary>The median time of an action and what it allocates.</summary>
internal sealed record Timing(double Microseconds, long Bytes)
{
    /// <summary>
    /// Measures actions in turns, so that what else the machine does falls on all of them. Rounds are short, so that few of them are
    /// interrupted; half of them go before to warm up.
    /// </summary>
    public static Timing[] InTurns(int rounds, int repeats, Func<object?>[] actions)
    {
        var times = actions.Select(_ => new List<double>()).ToArray();
        var bytes = new long[actions.Length];
        for (var round = -rounds; round < rounds; round++)
        {
            for (var action = 0; action < actions.Length; action++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var clock = Stopwatch.StartNew();
                for (var i = 0; i < repeats; i++)
                {
                    actions[action]();
                }

                var elapsed = clock.Elapsed.TotalMicroseconds / repeats;
                bytes[action] = (GC.GetAllocatedBytesForCurrentThread() - before) / repeats;
                if (round >= 0)
                {
                    times[action].Add(elapsed);
                }
            }
        }

        return [.. times.Select((measured, action) => new Timing(Median(measured), bytes[action]))];
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Microseconds,9:0.00} us {Bytes,8} B");

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
