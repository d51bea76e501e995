using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace GeminiBatch.Generators;

/// <summary>Finds declarations that the generator must pass over, while they are typed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] s_attributes = ["ExtractionSchemaAttribute", "BatchMetadataAttribute"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Rules.NotPartial, Rules.ContainingTypeNotPartial, Rules.CommentInParameterList];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!type.GetAttributes().Any(static attribute => IsSchemaAttribute(attribute.AttributeClass)))
        {
            return;
        }

        if (!DeclarationParser.IsPartial(type))
        {
            Report(context, Rules.NotPartial, type, type.Name);
        }

        for (var container = type.ContainingType; container is not null; container = container.ContainingType)
        {
            if (!DeclarationParser.IsPartial(container))
            {
                Report(context, Rules.ContainingTypeNotPartial, container, container.Name, type.Name);
            }
        }

        foreach (var parameter in Parameters(type, context.CancellationToken))
        {
            AnalyzeComment(context, parameter);
        }
    }

    private static bool IsSchemaAttribute(INamedTypeSymbol? attribute) => attribute is { ContainingNamespace.Name: "GeminiBatch" }
        && attribute.ContainingNamespace.ContainingNamespace.IsGlobalNamespace && s_attributes.Contains(attribute.Name);

    private static void Report(SymbolAnalysisContext context, DiagnosticDescriptor rule, INamedTypeSymbol type, params object[] arguments)
    {
        var declaration = type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(context.CancellationToken))
            .OfType<TypeDeclarationSyntax>().FirstOrDefault();
        context.ReportDiagnostic(Diagnostic.Create(rule, declaration?.Identifier.GetLocation() ?? type.Locations[0], arguments));
    }

    private static IEnumerable<ParameterSyntax> Parameters(INamedTypeSymbol type, CancellationToken cancellation) => type.DeclaringSyntaxReferences
        .Select(reference => reference.GetSyntax(cancellation))
        .OfType<TypeDeclarationSyntax>()
        .SelectMany(static declaration => declaration.ParameterList?.Parameters ?? []);

    private static void AnalyzeComment(SymbolAnalysisContext context, ParameterSyntax parameter)
    {
        // Where doc comments are off, such a comment is an ordinary one; either way it belongs to no symbol.
        var trivia = parameter.GetFirstToken().LeadingTrivia.Concat(parameter.GetFirstToken().GetPreviousToken().TrailingTrivia);
        foreach (var comment in trivia.Where(static comment => comment.ToFullString().TrimStart().StartsWith("///", StringComparison.Ordinal)))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.CommentInParameterList, comment.GetLocation(), parameter.Identifier.ValueText));
            return;
        }
    }
}
