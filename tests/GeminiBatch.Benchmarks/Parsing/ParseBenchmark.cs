using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GeminiBatch.Benchmarks;

/// <summary>Reads one clean answer by the generated reader and by System.Text.Json's generated context, in turns, and prints the ratio.</summary>
internal static class ParseBenchmark
{
    private const int Rounds = 15;
    private const int Repeats = 4000;

    public static int Run()
    {
        var order = new Order(
            "A-2026-0815", new DateOnly(2026, 11, 22), null, "Schrauben Müller GmbH & Co. KG", "ACME Industries Ltd.", "Your order of 3 November", OrderState.Shipped,
            1234.50m, 234.56m, 1469.06m, false,
            [.. Enumerable.Range(1, 16).Select(static i => new OrderLine($"SM-{i:0000}", $"Hexagon bolt M{i} zinc plated, box of 100", i, 3.25m, 3.25m * i))]);
        var clean = Order.Schema.WriteUtf8(order);
        var messy = Encoding.UTF8.GetBytes("Sure, here it is:\n```json\n" + Encoding.UTF8.GetString(clean).Replace("}]", "},]", StringComparison.Ordinal) + "\n```");

        Require(Order.Schema.Parse(clean).Status == AnswerStatus.Exact && Order.Schema.Parse(messy).Status == AnswerStatus.Repaired);
        Require(Order.Schema.Comparer.Equals(Order.Schema.Parse(clean).Value, JsonSerializer.Deserialize(clean, OrderContext.Default.Order)));

        var own = new List<Sample>();
        var platform = new List<Sample>();
        var repaired = new List<Sample>();
        for (var round = 0; round < Rounds; round++)
        {
            own.Add(Measure(() => Order.Schema.Parse(clean)));
            platform.Add(Measure(() => JsonSerializer.Deserialize(clean, OrderContext.Default.Order)));
            repaired.Add(Measure(() => Order.Schema.Parse(messy)));
        }

        Print($"answer               {clean.Length} bytes, best of {Rounds} rounds of {Repeats}");
        Print($"System.Text.Json     {Best(platform)}");
        Print($"Schema.Parse, clean  {Best(own)}   {Best(own).Nanoseconds / Best(platform).Nanoseconds:0.00} x time, {(double)Best(own).Bytes / Best(platform).Bytes:0.00} x allocation");
        Print($"Schema.Parse, messy  {Best(repaired)}   {Best(repaired).Nanoseconds / Best(own).Nanoseconds:0.00} x clean");
        return 0;
    }

    private static Sample Measure(Func<object?> action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Repeats; i++)
        {
            action();
        }

        return new(clock.Elapsed.TotalNanoseconds / Repeats, (GC.GetAllocatedBytesForCurrentThread() - before) / Repeats);
    }

    private static Sample Best(List<Sample> samples) => samples.MinBy(static sample => sample.Nanoseconds)!;

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException("The readers do not agree, so their times cannot be compared.");
        }
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed record Sample(double Nanoseconds, long Bytes)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Nanoseconds / 1000,8:0.00} us {Bytes,7} B");
    }
}
