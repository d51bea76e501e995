using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeminiBatch.CodeFixes;

/// <summary>Adds the partial modifier to a schema type or to a type that contains one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialFix))]
[Shared]
public sealed class MakePartialFix() : DeclarationFix("Make partial", "GB0001", "GB0002")
{
    /// <inheritdoc/>
    protected override SyntaxNode? Fixed(SyntaxNode node)
    {
        var partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        return node is not TypeDeclarationSyntax declaration ? null
            : declaration.Modifiers.Count > 0 ? declaration.WithModifiers(declaration.Modifiers.Add(partial))
            : WithoutModifiers(declaration, partial);
    }

    private static TypeDeclarationSyntax WithoutModifiers(TypeDeclarationSyntax declaration, SyntaxToken partial)
    {
        // The keyword carries what stands before the declaration, which now belongs before the modifier.
        var keyword = declaration.Keyword;
        return declaration.WithKeyword(keyword.WithLeadingTrivia())
            .WithModifiers(SyntaxFactory.TokenList(partial.WithLeadingTrivia(keyword.LeadingTrivia)));
    }
}
