using System.Diagnostics;
using System.Globalization;
using System.Runtime;

namespace GeminiBatch.Benchmarks;

/// <summary>The median time of an action and what it allocates.</summary>
internal sealed record Timing(double Microseconds, long Bytes)
{
    private static readonly TimeSpan ShortestWarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// Measures actions in turns, so that what else the machine does falls on all of them. Rounds are short, so that few of them are
    /// interrupted; before them the actions run until the compiler has nothing more to say to them.
    /// </summary>
    /// <param name="rounds">How often each action is measured.</param>
    /// <param name="repeats">How often it runs each time.</param>
    /// <param name="actions">The actions.</param>
    /// <param name="ofProcessor">Whether the processor's time is taken instead of the clock's: what takes long is interrupted more often than what does not.</param>
    public static Timing[] InTurns(int rounds, int repeats, Func<object?>[] actions, bool ofProcessor = false)
    {
        WarmUp(actions);
        var times = actions.Select(_ => new List<double>()).ToArray();
        var bytes = new long[actions.Length];
        for (var round = 0; round < rounds; round++)
        {
            for (var action = 0; action < actions.Length; action++)
            {
                if (ofProcessor)
                {
                    // What the action before has left behind is not to be cleared away in this one's time.
                    GC.Collect();
                }

                var before = GC.GetAllocatedBytesForCurrentThread();
                var clock = ofProcessor ? Environment.CpuUsage.TotalTime : Stopwatch.GetElapsedTime(0);
                for (var i = 0; i < repeats; i++)
                {
                    actions[action]();
                }

                var elapsed = ((ofProcessor ? Environment.CpuUsage.TotalTime : Stopwatch.GetElapsedTime(0)) - clock).TotalMicroseconds / repeats;
                bytes[action] = (GC.GetAllocatedBytesForCurrentThread() - before) / repeats;
                times[action].Add(elapsed);
            }
        }

        return [.. times.Select((measured, action) => new Timing(Median(measured), bytes[action]))];
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Microseconds,9:0.00} us {Bytes,8} B");

    // Hot methods are compiled anew in the background, which on a busy machine takes as long as it takes.
    private static void WarmUp(Func<object?>[] actions)
    {
        var clock = Stopwatch.StartNew();
        var (compiled, since) = (0L, TimeSpan.Zero);
        while (clock.Elapsed < LongestWarmUp && (clock.Elapsed < ShortestWarmUp || clock.Elapsed - since < Quiet))
        {
            foreach (var action in actions)
            {
                action();
            }

            if (JitInfo.GetCompiledMethodCount() is var count && count != compiled)
            {
                (compiled, since) = (count, clock.Elapsed);
            }
        }
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
