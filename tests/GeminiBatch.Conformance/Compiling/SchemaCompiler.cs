extern alias generators;

using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using GeminiBatch.Testing;
using generators::GeminiBatch.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GeminiBatch.Conformance;

/// <summary>JSON Schema to running parsers: scaffolder, then the real generator, then one compilation for all.</summary>
internal static class SchemaCompiler
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview, DocumentationMode.Parse);

    private static readonly ImmutableArray<MetadataReference> References = ReferenceSet.With(typeof(ExtractionSchema));

    /// <summary>Compiles every distinct schema once.</summary>
    public static IReadOnlyDictionary<string, SchemaAttempt> Compile(IEnumerable<string> schemas)
    {
        var attempts = schemas.Distinct(StringComparer.Ordinal)
            .Select((schema, index) => new SchemaAttempt(schema, string.Create(CultureInfo.InvariantCulture, $"Schema{index:d5}"))).ToList();
        attempts.ForEach(attempt => attempt.Scaffold());

        // What the generator or the compiler refuses leaves the compilation, until what is left is clean.
        var compilation = Generate(attempts, out var complaints);
        while (complaints.Count > 0)
        {
            foreach (var (attempt, reason) in complaints)
            {
                attempt.Refuse(reason);
            }

            compilation = Generate(attempts, out complaints);
        }

        Load(compilation, attempts);
        return attempts.ToDictionary(attempt => attempt.Schema, StringComparer.Ordinal);
    }

    private static Compilation Generate(List<SchemaAttempt> attempts, out Dictionary<SchemaAttempt, string> complaints)
    {
        var trees = attempts.Where(attempt => attempt.Failure is null)
            .Select(attempt => CSharpSyntaxTree.ParseText(attempt.Source!.Files[0].Text, Parsing, $"{attempt.Namespace}.cs"));
        var compilation = CSharpCompilation.Create("Conformance", trees, References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new SchemaGenerator().AsSourceGenerator()], parseOptions: Parsing)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var diagnostics);

        complaints = diagnostics.Concat(generated.GetDiagnostics())
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .GroupBy(diagnostic => Owner(attempts, diagnostic))
            .ToDictionary(group => group.Key, group => group.First().GetMessage(CultureInfo.InvariantCulture));
        return generated;
    }

    private static SchemaAttempt Owner(List<SchemaAttempt> attempts, Diagnostic diagnostic)
    {
        var file = Path.GetFileName(diagnostic.Location.SourceTree?.FilePath) ?? "";
        return attempts.Find(attempt => file.StartsWith(attempt.Namespace, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"The compiler complains about no schema in particular: {diagnostic}");
    }

    private static void Load(Compilation compilation, List<SchemaAttempt> attempts)
    {
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success)
        {
            throw new InvalidOperationException($"The schemas do not compile: {result.Diagnostics[0]}");
        }

        image.Position = 0;
        var assembly = new AssemblyLoadContext("Conformance").LoadFromStream(image);
        foreach (var attempt in attempts.Where(attempt => attempt.Failure is null))
        {
            attempt.Parser = AnswerParser.Of(HandleOf(assembly.GetType(attempt.Source!.DeclaringType, throwOnError: true)!), attempt.Form);
        }
    }

    /// <summary>The handle: <c>Of&lt;T&gt;</c> for an annotated record, else the static class's one property.</summary>
    private static ExtractionSchema HandleOf(Type declaring) => (ExtractionSchema)(declaring is { IsAbstract: true, IsSealed: true }
        ? declaring.GetProperties(BindingFlags.Public | BindingFlags.Static).Single().GetValue(null)
        : typeof(ExtractionSchema).GetMethod(nameof(ExtractionSchema.Of))!.MakeGenericMethod(declaring).Invoke(null, null))!;
}
