using System.Globalization;
using System.Text;

namespace GeminiBatch.Benchmarks;

/// <summary>Texts made to be slow: pieces of JSON repeated to 64 KB and 4 MB. What is linear costs as much per byte at either size.</summary>
internal static class AdversarialBenchmark
{
    private const int Small = 64 * 1024;
    private const int Large = 4 * 1024 * 1024;
    private const int Enough = 1024 * 1024;
    private const int Rounds = 3;
    private const int MostAgain = 3;
    private const int Fresh = 4;
    private const double MostTimes = 1.3;
    private const double MostNanoseconds = 2_000;

    private static readonly string[] Named =
        ["{", "[", "\"", "\\", "1", "```json\n", "```json\n{\n```\n", "\"'", "\"a\":", "{\"a\":", "[\"a\",", "\n", " ", ",", "'", "`", "“", "\"\n", "a\n", "\n\n{", "{\"a\": \"b,\n", "/*", "//\n", "<think>", "</think>", "\\\"", "{\\\"", "[1 ", "\\u12", "(", "\"\"", "}]", "a, ", "\", ", "\n,\"", "'a',", "[',", "```", "{\"number\": \"x\"} ", "{\"lines\": [{\"code\": 1}, ", "\"},{\"", "a:\n\n\n\n\n", "{'\n\n", "...", "+\"a\""];

    public static int Run(string[] arguments)
    {
        var search = arguments is ["search", ..];
        var units = (search ? Combinations(arguments.ElementAtOrDefault(1)) : Named).ToList();
        var prefixes = search ? ["", "{\"number\": \"", "{\"lines\": ["] : new[] { "", "{\"number\": \"" };
        var (small, large) = search ? (16 * 1024, 256 * 1024) : (Small, Large);
        var copying = Enumerable.Range(0, 7).Select(_ => PerByte(static text => Copies(text), new byte[large])).Order().ElementAt(3);
        var slow = 0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"processor time, median of {Rounds} rounds; {Fresh} copies into fresh memory, as a result, its text and its report are: {copying:0.0} ns per byte, below which nothing is compared"));
        foreach (var (unit, prefix) in units.SelectMany(unit => prefixes.Select(prefix => (unit, prefix))))
        {
            foreach (var (name, read) in new (string, Func<byte[], object?>)[] { ("repair", static text => JsonRepair.Repair(text)), ("schema", static text => Order.Schema.Parse(text)) })
            {
                var (before, after) = Pair(read, Text(prefix, unit, small), Text(prefix, unit, large));
                for (var again = 0; IsSlow(before, after, copying) && again < MostAgain; again++)
                {
                    // A machine that is busy elsewhere is slow once, not always.
                    (before, after) = Pair(read, Text(prefix, unit, small), Text(prefix, unit, large));
                }

                var isSlow = IsSlow(before, after, copying);
                slow += isSlow ? 1 : 0;
                if (!search || isSlow)
                {
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(isSlow ? "SLOW " : "     ")}{name,-7} {Shown(prefix)} then {Shown(unit)}: {before:0.0} ns per byte at {small / 1024} KB, {after:0.0} at {large / 1024} KB: {after / before:0.00} x"));
                }
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{units.Count} units, {slow} not flat within {MostTimes} x: {(slow == 0 ? "passed" : "FAILED")}"));
        return slow == 0 ? 0 : 1;
    }

    private static bool IsSlow(double before, double after, double copying) => after > MostTimes * Math.Max(before, copying) || after > MostNanoseconds;

    private static byte[][] Copies(byte[] text) => [.. Enumerable.Range(0, Fresh).Select(_ => text.ToArray())];

    private static IEnumerable<string> Combinations(string? seed)
    {
        string[] pieces = ["{", "}", "[", "]", "\"", "'", ",", ":", "\\", "\n", " ", "a", "1", "`", "“", "/", "#", "(", ".", "\"a\"", "\"a\":", "number", "null", "<", "-"];
        var random = new Random(int.Parse(seed ?? "1", CultureInfo.InvariantCulture));
        return pieces.SelectMany(one => pieces.Select(two => one + two))
            .Concat(Enumerable.Range(0, 500).Select(_ => string.Concat(Enumerable.Range(0, 3 + random.Next(3)).Select(_ => pieces[random.Next(pieces.Length)]))));
    }

    private static byte[] Text(string prefix, string unit, int bytes) =>
        Encoding.UTF8.GetBytes(prefix + string.Concat(Enumerable.Repeat(unit, bytes / Encoding.UTF8.GetByteCount(unit))));

    // In turns, so that what else the machine does falls on both.
    private static (double Before, double After) Pair(Func<byte[], object?> read, byte[] small, byte[] large)
    {
        var (before, after) = (new double[Rounds], new double[Rounds]);
        for (var round = 0; round < Rounds; round++)
        {
            (before[round], after[round]) = (PerByte(read, small), PerByte(read, large));
        }

        return (before.Order().ElementAt(Rounds / 2), after.Order().ElementAt(Rounds / 2));
    }

    // Processor time, not the clock's, because a long text is interrupted more often than a short one.
    private static double PerByte(Func<byte[], object?> read, byte[] text)
    {
        var repeats = Math.Clamp(Enough / text.Length, 1, 64);
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < repeats; i++)
        {
            read(text);
        }

        return (Environment.CpuUsage.TotalTime - before).TotalNanoseconds / repeats / text.Length;
    }

    private static string Shown(string text) => System.Text.Json.JsonSerializer.Serialize(text, PlainText.Default.String);
}
