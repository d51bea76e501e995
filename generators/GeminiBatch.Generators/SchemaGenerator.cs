using System.Globalization;
using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

/// <summary>
/// Emits schemas and metadata mappers. Each root has two outputs: source from the equatable model alone, and diagnostics with their real
/// locations, so that moving a mistake by a line prints no source anew and <c>#pragma</c> can silence it.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class SchemaGenerator : IIncrementalGenerator
{
    /// <summary>The name of the step whose values are the models that source is printed from.</summary>
    public const string ModelStep = "Model";

    private const string SchemaAttribute = "GeminiBatch.ExtractionSchemaAttribute";
    private const string ForeignAttribute = "GeminiBatch.ExtractionSchemaAttribute`1";
    private const string MetadataAttribute = "GeminiBatch.BatchMetadataAttribute";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        Register(context, SchemaAttribute, RootKind.Annotated);
        Register(context, ForeignAttribute, RootKind.Foreign);
        Register(context, MetadataAttribute, RootKind.Metadata);
    }

    private static void Register(IncrementalGeneratorInitializationContext context, string attribute, RootKind kind)
    {
        var results = context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute,
            static (node, _) => node is Microsoft.CodeAnalysis.CSharp.Syntax.TypeDeclarationSyntax,
            (target, cancellation) => RootParser.Parse(target, kind, cancellation));

        var models = results.SelectMany(static (result, _) => result.Models).WithTrackingName(ModelStep);
        context.RegisterSourceOutput(models, static (output, model) => Emit(output, model));

        var diagnostics = results.SelectMany(static (result, _) => result.Diagnostics);
        context.RegisterSourceOutput(diagnostics, static (output, diagnostic) => output.ReportDiagnostic(diagnostic));
    }

    private static void Emit(SourceProductionContext output, SchemaModel model)
    {
        try
        {
            var text = InInvariantCulture(() => model.Kind == RootKind.Metadata ? MetadataEmitter.Emit(model) : SchemaEmitter.Emit(model));
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
