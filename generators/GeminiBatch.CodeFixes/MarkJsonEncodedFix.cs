using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace GeminiBatch.CodeFixes;

/// <summary>Stores a metadata member that is not flat as JSON text.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MarkJsonEncodedFix))]
[Shared]
public sealed class MarkJsonEncodedFix : CodeFixProvider
{
    private const string Title = "Mark with [JsonEncoded]";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["GB0007"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SyntaxNode? changed = root?.FindNode(context.Span).FirstAncestorOrSelf<SyntaxNode>(static node => node is ParameterSyntax or PropertyDeclarationSyntax) switch
        {
            ParameterSyntax parameter => root.ReplaceNode(parameter, Mark(parameter, SyntaxFactory.Space)),
            PropertyDeclarationSyntax property => root.ReplaceNode(property, Mark(property, SyntaxFactory.Space)),
            _ => null,
        };
        if (changed is not null)
        {
            context.RegisterCodeFix(
                CodeAction.Create(Title, _ => Task.FromResult(context.Document.WithSyntaxRoot(changed)), equivalenceKey: Title), context.Diagnostics);
        }
    }

    private static SyntaxNode Mark(SyntaxNode member, SyntaxTrivia end)
    {
        var name = SyntaxFactory.ParseName("global::GeminiBatch.JsonEncoded").WithAdditionalAnnotations(Simplifier.Annotation);
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(name)))
            .WithLeadingTrivia(member.GetLeadingTrivia()).WithTrailingTrivia(end);
        return member.WithoutLeadingTrivia() switch
        {
            ParameterSyntax parameter => parameter.WithAttributeLists(parameter.AttributeLists.Insert(0, list)),
            PropertyDeclarationSyntax property => property.WithAttributeLists(property.AttributeLists.Insert(0, list)),
            var other => other,
        };
    }
}
