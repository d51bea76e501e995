using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GeminiBatch.Benchmarks;

/// <summary>
/// Mutates answers at random and reads them: nothing may throw, take long, report without bound, or give canonical JSON that is none. A finding is
/// printed with its seed and number, by which it can be made again.
/// </summary>
internal static class Soak
{
    private const int MostReported = 1001;
    private const string TooSlow = "took too long";
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    private static readonly string[] Pieces =
        ["{", "}", "[", "]", "\"", "'", ",", ":", "\\", "\\u12", "\\ud800", "```", "```json\n", "//", "/*", "#", "\n", " ", "a", "\"a\":", "1", "-", ".", "1e999", "null", "NaN", "“", "”", "(", ")", "é", "{\"a\": 1}", "<think>", "...", "\"lines\":", "\0", "\uFEFF", "𝄞", "٤", "2026-11-22", "$1,234", "N/A"];

    public static int Run(string[] arguments)
    {
        var count = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 1_000_000;
        var seed = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 1;
        byte[][] bases = [OrderAnswers.Clean(2), OrderAnswers.Fenced(1), OrderAnswers.Messy(3), OrderAnswers.TrailingComma(1), "Draft: {\"number\": \"A\"}\nFinal: "u8.ToArray(), []];
        ParseOptions[] options = [ParseOptions.Default, ParseOptions.SyntaxOnly, ParseOptions.Strict, new() { Coercions = AnswerCoercions.All, Culture = CultureInfo.GetCultureInfo("en-US"), MaxDepth = 16 }];
        var clock = Stopwatch.StartNew();
        var findings = 0;
        using var watch = new Watch();
        for (var number = 0; number < count; number++)
        {
            var random = new Random(HashCode.Combine(seed, number));
            var text = Mutated(bases[number % bases.Length], random);
            var chosen = options[random.Next(options.Length)];
            var finding = Finding(text, chosen, watch, $"seed {seed}, number {number}");
            if (finding is not null && ++findings <= 20)
            {
                Console.WriteLine($"seed {seed}, number {number}: {finding}: {Convert.ToBase64String(text)}");
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} mutations with seed {seed} in {clock.Elapsed.TotalSeconds:0} s, slowest {watch.Slowest.TotalMilliseconds:0} ms of processor time: {findings} findings: {(findings == 0 ? "passed" : "FAILED")}"));
        return findings == 0 ? 0 : 1;
    }

    // Processor time, not the clock's: a busy machine makes nothing slow that is not.
    private static string? Finding(byte[] text, ParseOptions options, Watch watch, string name)
    {
        watch.Begin(name);
        return Fault(text, options) ?? (watch.End() > Longest ? TooSlow : null);
    }

    private static string? Fault(byte[] text, ParseOptions options)
    {
        try
        {
            var parsed = Order.Schema.Parse(text, options);
            var reading = Order.Schema.Read(text, options);
            var repaired = JsonRepair.Repair(text, options);
            if (parsed.Succeeded && (parsed.Errors.Count > 0 || parsed.Value is null))
            {
                return "success with errors";
            }

            if (parsed.Succeeded != reading.Succeeded)
            {
                return "typed and untyped reading differ";
            }

            foreach (var json in new[] { reading.CanonicalJson, repaired.Utf8Json })
            {
                if (!json.IsEmpty)
                {
                    JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 512 }).Dispose();
                }
            }

            return parsed.Repairs.Count > MostReported || parsed.Errors.Count > MostReported || repaired.Repairs.Count > MostReported ? "a report without bound"
                : reading.Repairs.Any(repair => repair.Start < 0 || repair.Length < 0 || repair.Start + repair.Length > text.Length) ? "a repair outside of the text" : null;
        }
#pragma warning disable CA1031 // Any exception is a finding.
        catch (Exception exception)
        {
            return exception.ToString().ReplaceLineEndings(" ");
        }
#pragma warning restore CA1031
    }

    private static byte[] Mutated(byte[] answer, Random random)
    {
        var text = new List<byte>(answer);
        for (var step = random.Next(1, 8); step > 0; step--)
        {
            var at = random.Next(text.Count + 1);
            var length = Math.Min(text.Count - at, random.Next(1, random.Next(4) == 0 ? 200 : 4));
            switch (random.Next(6))
            {
                case 0:
                    text.RemoveRange(at, length);
                    break;
                case 1:
                    text.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                case 2:
                    text.InsertRange(at, text.GetRange(at, length));
                    break;
                case 3:
                    text.RemoveRange(at, length);
                    text.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                case 4 when random.Next(4) == 0:
                    text.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(300)));
                    break;
                case 5 when random.Next(8) == 0:
                    text.RemoveRange(at, text.Count - at);
                    break;
            }
        }

        return [.. text];
    }

    /// <summary>Ends the program where one reading does not end.</summary>
    private sealed class Watch : IDisposable
    {
        private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

        private readonly Timer _timer;
        private string _name = "";
        private TimeSpan _since;

        public Watch() => _timer = new Timer(_ => Look(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        public TimeSpan Slowest { get; private set; }

        public void Begin(string name)
        {
            _since = Environment.CpuUsage.TotalTime;
            Volatile.Write(ref _name, name);
        }

        public TimeSpan End()
        {
            var taken = Environment.CpuUsage.TotalTime - _since;
            Slowest = taken > Slowest ? taken : Slowest;
            return taken;
        }

        public void Dispose() => _timer.Dispose();

        private void Look()
        {
            if (Environment.CpuUsage.TotalTime - _since > Hang)
            {
                Console.WriteLine($"{Volatile.Read(ref _name)}: does not end");
                Environment.Exit(1);
            }
        }
    }
}
