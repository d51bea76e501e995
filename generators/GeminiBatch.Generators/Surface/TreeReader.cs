using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeminiBatch.Generators;

/// <summary>Writes down a file's declarations without what cannot change a schema.</summary>
internal sealed class TreeReader(CancellationToken cancellation)
{
    public StringBuilder Text { get; } = new();

    public List<RootKey> Roots { get; } = [];

    public void Append(SyntaxNode node, bool withComments)
    {
        foreach (var child in node.ChildNodesAndTokens())
        {
            if (child.AsNode() is not { } inner)
            {
                Append(child.AsToken(), withComments);
            }
            else if (inner is BlockSyntax or ArrowExpressionClauseSyntax or GlobalStatementSyntax)
            {
                // A body says nothing of the type, but nullability can be switched inside it.
                Text.Append("{}\0");
                AppendDirectives(inner);
            }
            else
            {
                if (inner is TypeDeclarationSyntax { AttributeLists.Count: > 0 } type)
                {
                    Roots.Add(RootKey.Of(type));
                }

                cancellation.ThrowIfCancellationRequested();
                Append(inner, withComments && inner is not (BaseMethodDeclarationSyntax or EventDeclarationSyntax or EventFieldDeclarationSyntax or DelegateDeclarationSyntax or IndexerDeclarationSyntax));
            }
        }
    }

    private void Append(SyntaxToken token, bool withComments)
    {
        if (token.HasLeadingTrivia)
        {
            foreach (var trivia in token.LeadingTrivia)
            {
                AppendTrivia(trivia, withComments);
            }
        }

        Text.Append(token.Text).Append('\0');
    }

    private void AppendDirectives(SyntaxNode body)
    {
        if (!body.ContainsDirectives)
        {
            return;
        }

        foreach (var trivia in body.DescendantTrivia().Where(static trivia => trivia.IsDirective))
        {
            AppendTrivia(trivia, withComments: false);
        }
    }

    private void AppendTrivia(SyntaxTrivia trivia, bool withComments)
    {
        switch (trivia.Kind())
        {
            case SyntaxKind.NullableDirectiveTrivia:
                Text.Append(trivia.ToString()).Append('\0');
                break;

            // Where doc comments are off, they are ordinary ones.
            case SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
                or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia when withComments:
                var text = trivia.ToFullString();
                if (text.StartsWith("///", StringComparison.Ordinal) || text.StartsWith("/**", StringComparison.Ordinal))
                {
                    Text.Append(text).Append('\0');
                }

                break;
        }
    }
}
