using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeminiBatch.CodeFixes;

/// <summary>Makes a member that every answer must have required in C# too.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddRequiredFix))]
[Shared]
public sealed class AddRequiredFix() : DeclarationFix("Add required", "GB0109")
{
    /// <inheritdoc/>
    protected override SyntaxNode? Fixed(SyntaxNode node) => node is PropertyDeclarationSyntax property
        ? property.WithModifiers(property.Modifiers.Add(SyntaxFactory.Token(SyntaxKind.RequiredKeyword).WithTrailingTrivia(SyntaxFactory.Space)))
        : null;
}
