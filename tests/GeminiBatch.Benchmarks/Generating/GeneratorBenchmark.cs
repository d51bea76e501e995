extern alias generators;

using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace GeminiBatch.Benchmarks;

/// <summary>Runs the schema generator and System.Text.Json's on the same records, in turns, and prints the ratios.</summary>
internal static class GeneratorBenchmark
{
    private static readonly Lazy<Type> s_platform = new(static () => Assembly.LoadFrom(PlatformGenerator()).GetType("System.Text.Json.SourceGeneration.JsonSourceGenerator", throwOnError: true)!);

    public static int Run(string[] sizes)
    {
        var counts = sizes.Length == 0 ? [10, 100, 1000] : sizes.Select(static size => int.Parse(size, CultureInfo.InvariantCulture)).ToArray();
        Compare(10, rounds: 30, print: false);
        foreach (var count in counts)
        {
            Compare(count, rounds: count >= 1000 ? 7 : 15, print: true);
        }

        return 0;
    }

    /// <summary>How much source each generator prints for the same records.</summary>
    public static (long Own, long Platform) SourceBytes(int count)
    {
        var (own, platform) = Subjects(count);
        own.Cold();
        platform.Cold();
        return (own.Bytes, platform.Bytes);
    }

    private static (GeneratorSubject Own, GeneratorSubject Platform) Subjects(int count)
    {
        var numbers = Enumerable.Range(0, count).ToList();
        return (
            new(static () => new generators::GeminiBatch.Generators.SchemaGenerator(), [SampleRecords.Unrelated, .. numbers.Select(SampleRecords.Own)]),
            new(static () => (IIncrementalGenerator)Activator.CreateInstance(s_platform.Value)!, [SampleRecords.Unrelated, .. numbers.Select(SampleRecords.Platform), SampleRecords.Context(count)]));
    }

    private static void Compare(int count, int rounds, bool print)
    {
        var (own, platform) = Subjects(count);
        var ownTimes = new Times();
        var platformTimes = new Times();
        for (var round = 0; round < rounds; round++)
        {
            ownTimes.Add(own, round);
            platformTimes.Add(platform, round);
        }

        var added = own.Add(own.Cold().Driver, SampleRecords.Own(count)).Printed;
        if (!print)
        {
            return;
        }

        Print($"{count} roots of two records, processor time, best of {rounds} rounds    own        System.Text.Json    ratio");
        Row("from nothing, ms", ownTimes.Cold, platformTimes.Cold, 1.0);
        Row("edit of a body elsewhere, ms", ownTimes.Elsewhere, platformTimes.Elsewhere, 0.7);
        Row("edit of a body beside a record, ms", ownTimes.Beside, platformTimes.Beside, 0.7);
        Row("edit of a declaration, ms", ownTimes.Declaration, platformTimes.Declaration, 0.8);
        Row("source, bytes", own.Bytes, platform.Bytes, 1.0 / 3);
        Print($"  files printed anew: body {ownTimes.PrintedForBodies} ({platformTimes.PrintedForBodies}), declaration {ownTimes.PrintedForDeclaration} ({platformTimes.PrintedForDeclaration}), schema added {added}");
    }

    private static void Row(string name, double own, double platform, double limit) => Print(
        $"  {name,-36} {own,14:0.00} {platform,16:0.00} {own / platform,10:0.000}  {(own <= limit * platform ? "within" : "over")} {limit:0.00}");

    /// <summary>The generator lies beside the reference assemblies of the SDK that runs this.</summary>
    private static string PlatformGenerator()
    {
        var root = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        return Directory.EnumerateFiles(Path.Combine(root, "packs", "Microsoft.NETCore.App.Ref"), "System.Text.Json.SourceGeneration.dll", SearchOption.AllDirectories)
            .OrderDescending(StringComparer.Ordinal)
            .FirstOrDefault() ?? throw new FileNotFoundException("The SDK's System.Text.Json generator was not found; it is part of the targeting pack.");
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed class Times
    {
        public double Cold { get; private set; } = double.MaxValue;

        public double Elsewhere { get; private set; } = double.MaxValue;

        public double Beside { get; private set; } = double.MaxValue;

        public double Declaration { get; private set; } = double.MaxValue;

        public int PrintedForBodies { get; private set; }

        public int PrintedForDeclaration { get; private set; }

        public void Add(GeneratorSubject subject, int round)
        {
            var (driver, cold) = subject.Cold();
            var elsewhere = subject.Edit(driver, 0, SampleRecords.UnrelatedBody, $"return left + right + {round};");
            var beside = subject.Edit(driver, 1, "return Number + Supplier;", $"return Number + {round};");
            var declaration = subject.Edit(driver, 1, "bool IsPaid", $"bool IsPaid{round}");
            Cold = Math.Min(Cold, cold);
            Elsewhere = Math.Min(Elsewhere, elsewhere.Milliseconds);
            Beside = Math.Min(Beside, beside.Milliseconds);
            Declaration = Math.Min(Declaration, declaration.Milliseconds);
            PrintedForBodies = Math.Max(elsewhere.Printed, beside.Printed);
            PrintedForDeclaration = declaration.Printed;
        }
    }
}
