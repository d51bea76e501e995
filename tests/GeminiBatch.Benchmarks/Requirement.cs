using System.Globalization;

namespace GeminiBatch.Benchmarks;

/// <summary>A figure with a limit: printed with its verdict, one line each.</summary>
internal static class Requirement
{
    public static bool AtMost(double most, double value, string what, string unit) => Tell(value <= most, value, what, unit, "at most", most);

    public static bool AtLeast(double least, double value, string what, string unit) => Tell(value >= least, value, what, unit, "at least", least);

    private static bool Tell(bool isMet, double value, string what, string unit, string bound, double limit)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {(isMet ? "PASS" : "FAIL")}  {what}: {value:0.00} {unit}, {bound} {limit:0.00}"));
        return isMet;
    }
}
