namespace GeminiBatch.Conformance;

/// <summary><c>run FILE… [--report FILE] [--floor FILE] [--failures]</c>: reads, judges, prints.</summary>
internal static class RunCommand
{
    private const int BelowFloor = 1;
    private const int WrongUsage = 2;

    public static int Explain(TextWriter errors)
    {
        errors.WriteLine("run FILE... [--report FILE] [--floor FILE] [--failures]");
        errors.WriteLine("  FILE         cases as JSON lines");
        errors.WriteLine("  --report     where to write every verdict as JSON");
        errors.WriteLine("  --floor      the least that each suite must reach; the recorded floor when not given");
        errors.WriteLine("  --failures   print every case that failed or was excluded");
        errors.WriteLine("types");
        errors.WriteLine("  every C# shape and what each backend makes of it, as Markdown");
        return WrongUsage;
    }

    public static int Run(ReadOnlySpan<string> arguments, TextWriter output, TextWriter errors)
    {
        var files = new List<string>();
        string? report = null;
        var floor = Path.Combine(AppContext.BaseDirectory, "floor.json");
        var showsFailures = false;
        for (var index = 0; index < arguments.Length; index++)
        {
            switch (arguments[index])
            {
                case "--report" when index + 1 < arguments.Length: report = arguments[++index]; break;
                case "--floor" when index + 1 < arguments.Length: floor = arguments[++index]; break;
                case "--failures": showsFailures = true; break;
                case var file when !file.StartsWith('-'): files.Add(file); break;
                default: return Explain(errors);
            }
        }

        if (files.Count == 0 || files.Find(file => !File.Exists(file)) is { } missing && Tell($"There is no file {missing}."))
        {
            return Explain(errors);
        }

        var cases = files.SelectMany(CaseFile.Read).ToList();
        var schemas = SchemaCompiler.Compile(cases.Select(SchemaJudge.SchemaOf).OfType<string>());
        var results = new CaseJudge(schemas).Judge(cases);
        var summary = new ConformanceSummary(results, schemas);
        summary.Print(output, showsFailures);
        if (report is not null)
        {
            summary.WriteReport(report);
        }

        return ConformanceFloor.Read(floor).Accepts(summary, output) ? 0 : BelowFloor;

        bool Tell(string message)
        {
            errors.WriteLine(message);
            return true;
        }
    }
}
