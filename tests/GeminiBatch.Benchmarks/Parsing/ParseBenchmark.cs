using System.Globalization;
using System.Text.Json;

namespace GeminiBatch.Benchmarks;

/// <summary>Reads one answer of 2 KB clean, fenced and messy, and the clean one by System.Text.Json's generated context, in turns; prints medians and ratios.</summary>
internal static class ParseBenchmark
{
    private const int Rounds = 600;
    private const int Repeats = 10;

    public static int Run()
    {
        var order = OrderAnswers.Order(OrderAnswers.FewLines);
        var clean = OrderAnswers.Clean(OrderAnswers.FewLines);
        var fenced = OrderAnswers.Fenced(OrderAnswers.FewLines);
        var messy = OrderAnswers.Messy(OrderAnswers.FewLines);
        var comma = OrderAnswers.TrailingComma(OrderAnswers.FewLines);
        foreach (var answer in new[] { clean, fenced, messy, comma })
        {
            var parsed = Order.Schema.Parse(answer);
            Require(parsed.Succeeded && Order.Schema.Comparer.Equals(parsed.Value, order) && (parsed.Status == AnswerStatus.Exact) == (answer == clean));
        }

        Require(Order.Schema.Comparer.Equals(order, JsonSerializer.Deserialize(clean, OrderContext.Default.Order)));
        var timed = Timing.InTurns(Rounds, Repeats,
        [
            () => JsonSerializer.Deserialize(clean, OrderContext.Default.Order),
            () => Order.Schema.Parse(clean),
            () => Order.Schema.Parse(fenced),
            () => Order.Schema.Parse(comma),
            () => Order.Schema.Parse(messy),
            () => JsonRepair.Repair(messy),
        ]);
        var (platform, own) = (timed[0], timed[1]);
        Print($"median of {Rounds} rounds of {Repeats}, in turns; clean {clean.Length} bytes, messy {messy.Length} bytes with {Order.Schema.Parse(messy).Repairs.Count} repairs");
        Print($"System.Text.Json, clean   {platform}");
        Print($"Schema.Parse, clean       {own}");
        Print($"Schema.Parse, fenced      {timed[2]}");
        Print($"Schema.Parse, last comma  {timed[3]}   {timed[3].Microseconds / own.Microseconds:0.00} x clean");
        Print($"Schema.Parse, messy       {timed[4]}");
        Print($"JsonRepair, messy         {timed[5]}   {timed[5].Microseconds / own.Microseconds:0.00} x clean");
        return Requirement.AtMost(0.6, own.Microseconds / platform.Microseconds, "clean", "x the time of System.Text.Json")
            & Requirement.AtMost(0.8, (double)own.Bytes / platform.Bytes, "clean", "x the allocation of System.Text.Json")
            & Requirement.AtMost(1.15, timed[2].Microseconds / own.Microseconds, "fenced", "x clean")
            & Requirement.AtMost(5, timed[4].Microseconds / own.Microseconds, "messy", "x clean") ? 0 : 1;
    }

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException("The readers do not agree, so their times cannot be compared.");
        }
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
