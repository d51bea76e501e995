using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GeminiBatch.Scaffolding.Tests;

/// <summary>Compiles scaffolded source as a strict consumer does: nullable on, no implicit usings, every warning an error.</summary>
internal static class ScaffoldCompilation
{
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) == "GeminiBatch.Schemas.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

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

    public static ScaffoldedSource Compiled(ScaffoldedSource source)
    {
        Assert.Empty(Complaints(source));
        return source;
    }
}
