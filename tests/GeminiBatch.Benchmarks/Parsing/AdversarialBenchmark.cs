using System.Globalization;
using System.Text;

namespace GeminiBatch.Benchmarks;

/// <summary>Texts made to be slow: pieces of JSON repeated to 64 KB and 4 MB. What is linear costs as much per byte at either size.</summary>
internal static class AdversarialBenchmark
{
    private const int Small = 64 * 1024;
    private const int Large = 4 * 1024 * 1024;
    private const int Enough = 1024 * 1024;
    private const double MostTimes = 2.5;

    private static readonly string[] Named =
        ["{", "[", "\"", "\\", "1", "```json\n", "```json\n{\n```\n", "\"'", "\"a\":", "{\"a\":", "[\"a\",", "\n", " ", ",", "'", "`", "“", "\"\n", "a\n", "\n\n{", "{\"a\": \"b,\n", "/*", "//\n", "<think>", "</think>", "\\\"", "{\\\"", "[1 ", "\\u12", "(", "\"\"", "}]", "a, ", "\", ", "\n,\"", "'a',", "[',", "```", "{\"number\": \"x\"} ", "{\"lines\": [{\"code\": 1}, ", "\"},{\"", "a:\n\n\n\n\n", "{'\n\n", "...", "+\"a\""];

    public static int Run(string[] arguments)
    {
        var search = arguments is ["search", ..];
        var units = search ? Combinations(arguments.ElementAtOrDefault(1)) : Named;
        var slow = 0;
        var (small, large) = search ? (16 * 1024, 256 * 1024) : (Small, Large);
        foreach (var unit in units)
        {
            foreach (var prefix in search ? ["", "{\"number\": \"", "{\"lines\": ["] : new[] { "", "{\"number\": \"" })
            {
                foreach (var (name, read) in new (string, Func<byte[], object?>)[] { ("repair", static text => JsonRepair.Repair(text)), ("schema", static text => Order.Schema.Parse(text)) })
                {
                    var before = PerByte(read, Text(prefix, unit, small));
                    var after = PerByte(read, Text(prefix, unit, large));
                    var ratio = after / Math.Max(before, 1);
                    if (ratio > MostTimes || after > 2_000)
                    {
                        (before, after) = (Math.Max(before, PerByte(read, Text(prefix, unit, small))), Math.Min(after, PerByte(read, Text(prefix, unit, large))));
                        ratio = after / Math.Max(before, 1);
                    }

                    var isSlow = ratio > MostTimes || after > 2_000;
                    slow += isSlow ? 1 : 0;
                    if (!search || isSlow)
                    {
                        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(isSlow ? "SLOW " : "     ")}{name,-7} {Shown(prefix)} then {Shown(unit)}: {before:0.0} ns per byte at {small / 1024} KB, {after:0.0} at {large / 1024} KB: {ratio:0.00} x"));
                    }
                }
            }
        }

        Console.WriteLine($"{units.Count()} units, {slow} slow");
        return slow == 0 ? 0 : 1;
    }

    private static IEnumerable<string> Combinations(string? seed)
    {
        string[] pieces = ["{", "}", "[", "]", "\"", "'", ",", ":", "\\", "\n", " ", "a", "1", "`", "“", "/", "#", "(", ".", "\"a\"", "\"a\":", "number", "null", "<", "-"];
        var random = new Random(int.Parse(seed ?? "1", CultureInfo.InvariantCulture));
        return pieces.SelectMany(one => pieces.Select(two => one + two))
            .Concat(Enumerable.Range(0, 500).Select(_ => string.Concat(Enumerable.Range(0, 3 + random.Next(3)).Select(_ => pieces[random.Next(pieces.Length)]))));
    }

    private static byte[] Text(string prefix, string unit, int bytes) =>
        Encoding.UTF8.GetBytes(prefix + string.Concat(Enumerable.Repeat(unit, bytes / Encoding.UTF8.GetByteCount(unit))));

    // Processor time, not the clock's, because a long text is interrupted more often than a short one.
    private static double PerByte(Func<byte[], object?> read, byte[] text)
    {
        var best = double.MaxValue;
        var repeats = Math.Clamp(Enough / text.Length, 1, 64);
        for (var round = 0; round < 3; round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < repeats; i++)
            {
                read(text);
            }

            best = Math.Min(best, (Environment.CpuUsage.TotalTime - before).TotalNanoseconds / repeats / text.Length);
        }

        return best;
    }

    private static string Shown(string text) => System.Text.Json.JsonSerializer.Serialize(text, PlainText.Default.String);
}
