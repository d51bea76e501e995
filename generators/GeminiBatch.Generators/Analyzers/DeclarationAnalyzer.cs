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
        [Rules.NotPartial, Rules.ContainingTypeNotPartial, Rules.CommentInParameterList, Rules.NotFlat, UsageRules.NotRequired];

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

        AnalyzeMetadata(context, type);
        AnalyzeMembers(context, type);
    }

    /// <summary>Metadata that is not flat is no mistake of shape: it is told here, where there is a fix for it.</summary>
    private static void AnalyzeMetadata(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        if (!Attributes.Has(type, "GeminiBatch.BatchMetadataAttribute"))
        {
            return;
        }

        var part = (TypeDeclarationSyntax)Attributes.Find(type, "GeminiBatch.BatchMetadataAttribute")!.ApplicationSyntaxReference!.GetSyntax(context.CancellationToken).Parent!.Parent!;
        foreach (var diagnostic in RootParser.Parse(context.Compilation, RootKey.Of(part), context.CancellationToken).Diagnostics.Where(static diagnostic => diagnostic.Id == Rules.NotFlat.Id))
        {
            context.ReportDiagnostic(diagnostic);
        }
    }

    private static void AnalyzeMembers(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
        {
            if (property is { IsStatic: false, IsIndexer: false, IsRequired: false, DeclaredAccessibility: Accessibility.Public, GetMethod: not null, SetMethod.DeclaredAccessibility: Accessibility.Public }
                && property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(context.CancellationToken) is PropertyDeclarationSyntax { Initializer: null } declaration
                && declaration.AccessorList?.Accessors.All(static accessor => accessor is { Body: null, ExpressionBody: null }) == true
                && !IgnoredMembers.Contains(property)
                && !DeclaredDefault.Of(property.Type, property).IsDeclared
                && property.Type.NullableAnnotation != NullableAnnotation.Annotated
                && !type.InstanceConstructors.Any(constructor => !constructor.IsImplicitlyDeclared && constructor.Parameters.Any(parameter => string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase))))
            {
                context.ReportDiagnostic(Diagnostic.Create(UsageRules.NotRequired, declaration.Identifier.GetLocation(), property.Name, type.Name));
            }
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
        foreach (var comment in ParameterTrivia.CommentsOf(parameter))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.CommentInParameterList, comment.GetLocation(), parameter.Identifier.ValueText));
            return;
        }
    }
}
