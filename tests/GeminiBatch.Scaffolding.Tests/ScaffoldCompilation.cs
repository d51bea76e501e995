using System.Collections.Immutable;
using GeminiBatch.Generators;
using GeminiBatch.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GeminiBatch.Scaffolding.Tests;

/// <summary>Compiles scaffolded source as a strict consumer does: nullable on, no implicit usings, every warning an error.</summary>
internal static class ScaffoldCompilation
{
    private static readonly ImmutableArray<MetadataReference> References = ReferenceSet.With(typeof(ExtractionSchema));

    /// <summary>The compiler's complaints, each with the text it is about.</summary>
    public static IReadOnlyList<string> Complaints(ScaffoldedSource source)
    {
        var trees = source.Files.Select(file => CSharpSyntaxTree.ParseText(
            file.Text, new CSharpParseOptions(LanguageVersion.CSharp13, DocumentationMode.Diagnose), file.Name));
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999, generalDiagnosticOption: ReportDiagnostic.Error);

        // Public members without comments are the user's to describe where the schema does not.
        return [.. CSharpCompilation.Create("Scaffolded", trees, References, options.WithSpecificDiagnosticOptions([new("CS1591", ReportDiagnostic.Suppress)]))
            .GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .Select(diagnostic => $"{diagnostic}\n{diagnostic.Location.SourceTree}")];
    }

    /// <summary>The assembly of scaffolded source and what the generator adds to it.</summary>
    public static byte[] Generate(ScaffoldedSource source)
    {
        var parsing = new CSharpParseOptions(LanguageVersion.Preview);
        var compilation = CSharpCompilation.Create(
            "Generated", source.Files.Select(file => CSharpSyntaxTree.ParseText(file.Text, parsing, file.Name)), References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new SchemaGenerator().AsSourceGenerator()], parseOptions: parsing)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var diagnostics);
        using var image = new MemoryStream();
        var result = generated.Emit(image);
        Assert.True(result.Success && diagnostics.IsEmpty, string.Join('\n', diagnostics.Concat(result.Diagnostics)));
        return image.ToArray();
    }

    public static ScaffoldedSource Compiled(ScaffoldedSource source)
    {
        Assert.Empty(Complaints(source));
        return source;
    }
}
