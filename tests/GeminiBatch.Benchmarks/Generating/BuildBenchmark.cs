extern alias generators;

using System.Diagnostics;
using System.Globalization;

namespace GeminiBatch.Benchmarks;

/// <summary>Builds two projects with the same records, one with schemas and one with a <c>JsonSerializerContext</c>, in turns, and prints the ratio of the whole builds.</summary>
internal static class BuildBenchmark
{
    private const double MostTime = 0.7;
    private const double MostSource = 1.0 / 3;
    private const int WarmUp = 10;

    public static int Run(string[] arguments)
    {
        var count = Number(arguments, 0, 1000);
        var rounds = Number(arguments, 1, 1);
        var folder = Directory.CreateTempSubdirectory("generator-build-").FullName;
        try
        {
            return Compare(folder, count, rounds);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Compare(string folder, int count, int rounds)
    {
        foreach (var side in new[] { "own", "platform" })
        {
            Build(Write(folder, "warm-up-" + side, side, WarmUp));
        }

        var own = Write(folder, "own", "own", count);
        var platform = Write(folder, "platform", "platform", count);
        var (ownTime, platformTime) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < rounds; round++)
        {
            ownTime = Math.Min(ownTime, Build(own));
            platformTime = Math.Min(platformTime, Build(platform));
        }

        var (ownSource, platformSource) = GeneratorBenchmark.SourceBytes(count);
        Print($"{count} roots of two records, the whole of dotnet build, best of {rounds}    own    JsonSerializerContext    ratio");
        var isWithin = Row("build, s", ownTime, platformTime, MostTime);
        isWithin &= Row("source, MB", ownSource / 1e6, platformSource / 1e6, MostSource);
        Print($"  {"assembly, MB",-20} {Assembly(own) / 1e6,14:0.00} {Assembly(platform) / 1e6,20:0.00} {(double)Assembly(own) / Assembly(platform),10:0.000}");
        return isWithin ? 0 : 1;
    }

    private static string Write(string folder, string name, string side, int count)
    {
        var project = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        File.WriteAllText(Path.Combine(project, "Sample.csproj"), Project(side == "own"));
        File.WriteAllText(Path.Combine(project, "Unrelated.cs"), SampleRecords.Unrelated);
        for (var i = 0; i < count; i++)
        {
            File.WriteAllText(Path.Combine(project, string.Create(CultureInfo.InvariantCulture, $"Order{i}.cs")), side == "own" ? SampleRecords.Own(i) : SampleRecords.Platform(i));
        }

        if (side != "own")
        {
            File.WriteAllText(Path.Combine(project, "SampleContext.cs"), SampleRecords.Context(count));
        }

        Dotnet(project, "restore", "--verbosity", "quiet");
        return project;
    }

    /// <summary>A project as a user has it; only the library comes as a file and not as a package.</summary>
    private static string Project(bool isOwn)
    {
        var generator = typeof(generators::GeminiBatch.Generators.SchemaGenerator).Assembly.Location;
        var references = isOwn ? $"""<ItemGroup><Reference Include="{typeof(ExtractionSchema).Assembly.Location}" /><Analyzer Include="{generator}" /></ItemGroup>""" : "";
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              {references}
            </Project>
            """;
    }

    /// <summary>Builds all of a project, by a compiler that keeps nothing from an earlier build.</summary>
    private static double Build(string project)
    {
        var clock = Stopwatch.StartNew();
        Dotnet(project, "build", "--no-restore", "--no-incremental", "--configuration", "Release", "--verbosity", "quiet", "-nodeReuse:false", "-p:UseSharedCompilation=false");
        return clock.Elapsed.TotalSeconds;
    }

    private static void Dotnet(string project, string command, params string[] options)
    {
        var start = new ProcessStartInfo("dotnet", [command, .. options]) { WorkingDirectory = project, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"dotnet {command} of {project} ended with {process.ExitCode}:\n{output}");
        }
    }

    private static long Assembly(string project) => new FileInfo(Path.Combine(project, "bin", "Release", "net10.0", "Sample.dll")).Length;

    private static bool Row(string name, double own, double platform, double limit)
    {
        Print($"  {name,-20} {own,14:0.00} {platform,20:0.00} {own / platform,10:0.000}  {(own <= limit * platform ? "within" : "over")} {limit:0.00}");
        return own <= limit * platform;
    }

    private static int Number(string[] arguments, int index, int otherwise) => arguments.Length > index ? int.Parse(arguments[index], CultureInfo.InvariantCulture) : otherwise;

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
