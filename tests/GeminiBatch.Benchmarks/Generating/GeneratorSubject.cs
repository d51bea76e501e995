using System.Collections.Immutable;
using GeminiBatch.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace GeminiBatch.Benchmarks;

/// <summary>
/// One generator over its records: what it prints, and how long it takes from nothing and after an edit. Times are the processor's, because those of
/// the clock tell what else the machine does.
/// </summary>
internal sealed class GeneratorSubject
{
    private static readonly CSharpParseOptions s_options = new(LanguageVersion.CSharp14);
    private static readonly ImmutableArray<MetadataReference> s_references = ReferenceSet.With(typeof(ExtractionSchema));

    private readonly Func<IIncrementalGenerator> _generator;
    private readonly ImmutableArray<SyntaxTree> _trees;

    public GeneratorSubject(Func<IIncrementalGenerator> generator, IEnumerable<string> sources)
    {
        _generator = generator;
        _trees = [.. sources.Select(static (source, index) => Parse(source, index))];
    }

    /// <summary>UTF-16 characters printed; all of them are ASCII here, so bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Runs the generator from nothing.</summary>
    public (GeneratorDriver Driver, double Milliseconds) Cold()
    {
        var compilation = Compile(_trees);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [_generator().AsSourceGenerator()], parseOptions: s_options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: false));
        Settle();
        var before = Environment.CpuUsage.TotalTime;
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out _, out var diagnostics);
        var elapsed = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
        if (!diagnostics.IsEmpty)
        {
            throw new InvalidOperationException(diagnostics[0].ToString());
        }

        Bytes = driver.GetRunResult().Results[0].GeneratedSources.Sum(static source => (long)source.SourceText.Length);
        return (driver, elapsed);
    }

    /// <summary>Runs a warm driver after one file was edited, and says how many files it printed anew.</summary>
    public (double Milliseconds, int Printed) Edit(GeneratorDriver driver, int file, string from, string to)
    {
        var text = _trees[file].ToString();
        var changed = text.Replace(from, to, StringComparison.Ordinal);
        if (changed == text)
        {
            throw new InvalidOperationException($"There is nothing to edit: {from}");
        }

        return After(driver, _trees.SetItem(file, Parse(changed, file)));
    }

    /// <summary>Runs a warm driver after a file was added between the others.</summary>
    public (double Milliseconds, int Printed) Add(GeneratorDriver driver, string source) => After(driver, _trees.Insert(1, Parse(source, _trees.Length)));

    private static (double Milliseconds, int Printed) After(GeneratorDriver driver, ImmutableArray<SyntaxTree> trees)
    {
        var compilation = Compile(trees);
        Settle();
        var before = Environment.CpuUsage.TotalTime;
        var edited = driver.RunGeneratorsAndUpdateCompilation(compilation, out _, out _);
        var elapsed = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
        var known = Printed(driver).ToHashSet();
        return (elapsed, Printed(edited).Count(text => !known.Contains(text)));
    }

    /// <summary>The texts printed; one that came from the cache is the same object.</summary>
    private static IEnumerable<SourceText> Printed(GeneratorDriver driver) => driver.GetRunResult().Results[0].GeneratedSources.Select(static source => source.SourceText);

    private static CSharpCompilation Compile(ImmutableArray<SyntaxTree> trees) => CSharpCompilation.Create(
        "Sample", trees, s_references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private static SyntaxTree Parse(string source, int index) => CSharpSyntaxTree.ParseText(source, s_options, $"File{index}.cs");

    private static void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
