extern alias generators;

using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using GeminiBatch.Testing;
using generators::GeminiBatch.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace GeminiBatch.Generators.Tests;

/// <summary>
/// One run of the generator over sources. Every run is repeated on a clone of the compilation, and all its source outputs must come from
/// the cache then.
/// </summary>
public sealed class GeneratorRun
{
    private static readonly ImmutableArray<MetadataReference> s_references = ReferenceSet.With(typeof(ExtractionSchema), typeof(GeminiRequest), typeof(ExtractionRequest));

    /// <summary>All analyzers, as the compiler runs them.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } = [new DeclarationAnalyzer(), new RequestAnalyzer(), new SecretAnalyzer(), new ExampleAnalyzer()];

    private GeneratorRun(CSharpCompilation input, GeneratorDriver driver, Microsoft.CodeAnalysis.Compilation output, ImmutableArray<Diagnostic> diagnostics)
    {
        Input = input;
        Driver = driver;
        Output = output;
        GeneratorDiagnostics = diagnostics;
    }

    public CSharpCompilation Input { get; }

    public GeneratorDriver Driver { get; }

    public Microsoft.CodeAnalysis.Compilation Output { get; }

    /// <summary>What the generator reported.</summary>
    public ImmutableArray<Diagnostic> GeneratorDiagnostics { get; }

    public GeneratorRunResult Result => Driver.GetRunResult().Results.Single();

    public IReadOnlyDictionary<string, string> Sources =>
        Result.GeneratedSources.ToDictionary(static source => source.HintName, static source => source.SourceText.ToString());

    public static CSharpCompilation Compile(
        IEnumerable<string> sources, DocumentationMode documentation = DocumentationMode.None, LanguageVersion version = LanguageVersion.Latest)
    {
        var options = new CSharpParseOptions(version, documentation);
        var trees = sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, options, $"File{index}.cs"));
        return CSharpCompilation.Create(
            "Consumer", trees, s_references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
                .WithSpecificDiagnosticOptions([KeyValuePair.Create("CS1591", ReportDiagnostic.Suppress), KeyValuePair.Create("CS1573", ReportDiagnostic.Suppress)])
                .WithGeneralDiagnosticOption(ReportDiagnostic.Error)
                .WithWarningLevel(9999));
    }

    public static GeneratorRun Of(params string[] sources) => Of(Compile(sources));

    public static GeneratorRun Of(CSharpCompilation compilation)
    {
        var driver = CreateDriver(compilation).RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        var run = new GeneratorRun(compilation, driver, output, diagnostics);
        run.AssertCachedOnClone();
        return run;
    }

    /// <summary>Runs the same driver over an edited compilation.</summary>
    public GeneratorRun Edit(CSharpCompilation edited)
    {
        var driver = Driver.RunGeneratorsAndUpdateCompilation(edited, out var output, out var diagnostics);
        return new GeneratorRun(edited, driver, output, diagnostics);
    }

    /// <summary>The reasons of one step's outputs, in order.</summary>
    public IReadOnlyList<IncrementalStepRunReason> Reasons(string step) =>
        [.. Result.TrackedSteps.TryGetValue(step, out var steps) ? steps.SelectMany(static run => run.Outputs).Select(static output => output.Reason) : []];

    /// <summary>The reasons of everything that prints source from a model.</summary>
    public IReadOnlyList<IncrementalStepRunReason> OutputReasons() =>
        [.. Result.TrackedOutputSteps.SelectMany(static pair => pair.Value).SelectMany(static run => run.Outputs).Select(static output => output.Reason)];

    /// <summary>Fails on any error or warning in input and output.</summary>
    public GeneratorRun AssertCompiles()
    {
        Assert.Empty(GeneratorDiagnostics);
        var problems = Output.GetDiagnostics().Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).ToList();
        Assert.True(problems.Count == 0, string.Join("\n", problems.Select(static problem => $"{problem}\n  {problem.Location.SourceTree?.GetText().Lines[problem.Location.GetLineSpan().StartLinePosition.Line]}")));
        return this;
    }

    /// <summary>Compiles and loads the output.</summary>
    public Assembly Load()
    {
        AssertCompiles();
        using var stream = new MemoryStream();
        var emitted = Output.Emit(stream);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        stream.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream);
    }

    /// <summary>What generator and analyzers report together, suppressed diagnostics included.</summary>
    public static async Task<ImmutableArray<Diagnostic>> DiagnoseAsync(CSharpCompilation compilation, AnalyzerOptions? options = null)
    {
        var run = Of(compilation);
        var analyzers = compilation.WithAnalyzers(
            Analyzers,
            new CompilationWithAnalyzersOptions(options ?? new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true));
        return [.. run.GeneratorDiagnostics, .. await analyzers.GetAnalyzerDiagnosticsAsync()];
    }

    private static CSharpGeneratorDriver CreateDriver(CSharpCompilation compilation) => CSharpGeneratorDriver.Create(
        [new SchemaGenerator().AsSourceGenerator()],
        parseOptions: (CSharpParseOptions?)compilation.SyntaxTrees.FirstOrDefault()?.Options,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private void AssertCachedOnClone()
    {
        var again = Edit(Input.Clone());
        Assert.DoesNotContain(again.Reasons(SchemaGenerator.ModelStep), static reason => reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
        Assert.DoesNotContain(again.SourceOutputReasons(), static reason => reason is not IncrementalStepRunReason.Cached);
        Assert.Equal(Sources, again.Sources);
    }

    /// <summary>The outputs that a model flows into; a diagnostic's output runs again, because a location is not compared.</summary>
    private IEnumerable<IncrementalStepRunReason> SourceOutputReasons() => Result.TrackedOutputSteps
        .SelectMany(static pair => pair.Value)
        .Where(static run => run.Inputs.Any(static input => input.Source.Name == SchemaGenerator.ModelStep))
        .SelectMany(static run => run.Outputs)
        .Select(static output => output.Reason);
}
