using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace GeminiBatch.CodeFixes;

/// <summary>Stores a metadata member that is not flat as JSON text.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MarkJsonEncodedFix))]
[Shared]
public sealed class MarkJsonEncodedFix() : DeclarationFix("Mark with [JsonEncoded]", "GB0007")
{
    /// <inheritdoc/>
    protected override SyntaxNode? Fixed(SyntaxNode node)
    {
        var name = SyntaxFactory.ParseName("global::GeminiBatch.JsonEncoded").WithAdditionalAnnotations(Simplifier.Annotation);
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(name)))
            .WithLeadingTrivia(node.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.Space);
        return node.WithoutLeadingTrivia() switch
        {
            ParameterSyntax parameter => parameter.WithAttributeLists(parameter.AttributeLists.Insert(0, list)),
            PropertyDeclarationSyntax property => property.WithAttributeLists(property.AttributeLists.Insert(0, list)),
            _ => null,
        };
    }
}
