using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace GeminiBatch.Generators;

/// <summary>Finds examples for a prompt whose answer the schema would not allow, as far as its values stand in the source.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ExampleAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UsageRules.BadExample];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName("GeminiBatch.ExtractionExample`1") is not { } example)
            {
                return;
            }

            var schemas = new ConcurrentDictionary<ITypeSymbol, IReadOnlyList<TypeModel>>(SymbolEqualityComparer.Default);
            start.RegisterOperationAction(
                operation =>
                {
                    var creation = (IObjectCreationOperation)operation.Operation;
                    if (creation.Type is INamedTypeSymbol type && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, example)
                        && creation.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "Answer")?.Value is { } answer)
                    {
                        var types = schemas.GetOrAdd(type.TypeArguments[0], root => Read(operation.Compilation, root, operation.CancellationToken));
                        new ExampleCheck(operation, types).Root(answer);
                    }
                },
                OperationKind.ObjectCreation);
        });
    }

    /// <returns>The types of a schema; none where there are mistakes in it, which are reported elsewhere.</returns>
    private static List<TypeModel> Read(Compilation compilation, ITypeSymbol root, CancellationToken cancellation)
    {
        var parser = new TypeGraphParser(compilation, [], Location.None, JsonNaming.CamelCase, cancellation);
        return SchemaGenerator.InInvariantCulture(() => parser.TryParseRoot(root, root.Name)) ? parser.Types : [];
    }
}
