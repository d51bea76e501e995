using System.Globalization;

namespace GeminiBatch.Benchmarks;

/// <summary>A figure that may not be passed: printed with its verdict, one line each.</summary>
internal static class Requirement
{
    public static bool AtMost(double most, double value, string what, string unit)
    {
        var isMet = value <= most;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {(isMet ? "PASS" : "FAIL")}  {what}: {value:0.00} {unit}, at most {most:0.00}"));
        return isMet;
    }
}
