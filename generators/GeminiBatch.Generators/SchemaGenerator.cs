using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeminiBatch.Generators;

/// <summary>
/// Emits schemas and metadata mappers. Each root has two outputs: source from the equatable model alone, and, only where there are mistakes,
/// diagnostics from the compilation at hand, so that their locations are real and <c>#pragma</c> can silence them.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class SchemaGenerator : IIncrementalGenerator
{
    /// <summary>The name of the step whose value changes with declarations, but not with the bodies of methods.</summary>
    public const string SurfaceStep = "Surface";

    /// <summary>The name of the step that reads each root's types.</summary>
    public const string RootStep = "Root";

    /// <summary>The name of the step whose values are the models that source is printed from.</summary>
    public const string ModelStep = "Model";

    private readonly Func<SchemaModel, string> _print;

    /// <summary>Used by the compiler.</summary>
    public SchemaGenerator()
        : this(static model => model.Kind == RootKind.Metadata ? MetadataEmitter.Emit(model) : SchemaEmitter.Emit(model))
    {
    }

    /// <summary>Prints in another way.</summary>
    internal SchemaGenerator(Func<SchemaModel, string> print) => _print = print;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // What is asked of every compilation is read from syntax alone and kept by file; types are looked up only when a declaration has changed.
        var surface = context.CompilationProvider.Select(DeclarationSurface.Of).WithTrackingName(SurfaceStep);
        var roots = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => node is CompilationUnitSyntax, static (file, cancellation) => TreeSurface.Of(file.Node.SyntaxTree, cancellation).Roots)
            .SelectMany(static (keys, _) => keys)
            .Combine(surface)
            .Select(static (pair, cancellation) => RootParser.Models(pair.Right.Compilation, pair.Left, cancellation))
            .WithTrackingName(RootStep);

        var models = roots.SelectMany(static (root, _) => root.Models).WithTrackingName(ModelStep);
        context.RegisterSourceOutput(models, Emit);

        var mistakes = roots.Where(static root => root.HasMistakes).Select(static (root, _) => root.Key)
            .Combine(context.CompilationProvider)
            .SelectMany(static (pair, cancellation) => RootParser.Parse(pair.Right, pair.Left, cancellation).Diagnostics
                // Reported by the analyzer, which has the code fix.
                .Where(static diagnostic => diagnostic.Id != Rules.NotFlat.Id));
        context.RegisterSourceOutput(mistakes, static (output, diagnostic) => output.ReportDiagnostic(diagnostic));
    }

    private void Emit(SourceProductionContext output, SchemaModel model)
    {
        try
        {
            var text = InInvariantCulture(() => _print(model));
            output.AddSource(model.HintName, Microsoft.CodeAnalysis.Text.SourceText.From(text, System.Text.Encoding.UTF8));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            output.ReportDiagnostic(Diagnostic.Create(Rules.InternalFailure, Location.None, model.Name, exception.ToString().Replace('\n', ' ')));
        }
    }

#pragma warning disable RS1035 // The culture is not read for messages but set aside, so that numbers print the same wherever the compiler runs.
    /// <summary>Runs a step that must not depend on the machine's culture.</summary>
    internal static T InInvariantCulture<T>(Func<T> action)
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            return action();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
#pragma warning restore RS1035
}
