using System.Text.RegularExpressions;
using GeminiBatch.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeminiBatch.CodeFixes;

/// <summary>The doc comments between the parentheses of a type declaration.</summary>
internal static class ParameterComments
{
    /// <param name="original">The declaration in its tree.</param>
    /// <param name="type">The same, perhaps with changes inside.</param>
    public static TypeDeclarationSyntax Move(TypeDeclarationSyntax original, TypeDeclarationSyntax type)
    {
        if (type.ParameterList is not { } list)
        {
            return type;
        }

        var elements = original.ParameterList!.Parameters.Select(parameter => (Name: parameter.Identifier.ValueText, Text: Text(parameter))).Where(static element => element.Text.Length > 0).ToList();
        var stripped = list.ReplaceTokens(list.DescendantTokens(), static (_, token) =>
            token.WithLeadingTrivia(Strip(token.LeadingTrivia, isLeading: true))
                .WithTrailingTrivia(EndsInComment(token) ? SyntaxFactory.TriviaList(SyntaxFactory.ElasticLineFeed) : Strip(token.TrailingTrivia, isLeading: false)));
        var leading = type.GetLeadingTrivia();
        var indent = leading.Count > 0 && leading.Last().IsKind(SyntaxKind.WhitespaceTrivia) ? leading.Last() : SyntaxFactory.Whitespace("");
        foreach (var (name, text) in elements)
        {
            leading = leading.Add(SyntaxFactory.Comment($"/// <param name=\"{name}\">{text}</param>")).Add(SyntaxFactory.ElasticLineFeed).Add(indent);
        }

        return type.WithParameterList(stripped).WithLeadingTrivia(leading);
    }

    /// <summary>Whether a comment that belongs to the next token stands behind this one, so that the line's end goes with it.</summary>
    private static bool EndsInComment(SyntaxToken token) => !token.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)
        && token.GetNextToken().LeadingTrivia is { Count: > 0 } next && ParameterTrivia.IsComment(next[0]);

    private static string Text(ParameterSyntax parameter)
    {
        var lines = ParameterTrivia.CommentsOf(parameter).SelectMany(static comment => comment.ToFullString().Split('\n')).Select(static line => line.Trim().TrimStart('/').Trim());
        return Regex.Replace(string.Join(" ", lines), "</?summary>", "").Trim();
    }

    private static SyntaxTriviaList Strip(SyntaxTriviaList trivia, bool isLeading)
    {
        if (!trivia.Any(ParameterTrivia.IsComment))
        {
            return trivia;
        }

        var kept = new List<SyntaxTrivia>();
        for (var i = 0; i < trivia.Count; i++)
        {
            if (!ParameterTrivia.IsComment(trivia[i]))
            {
                kept.Add(trivia[i]);
                continue;
            }

            if (kept.Count > 0 && kept[kept.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia))
            {
                kept.RemoveAt(kept.Count - 1);
            }

            // The line's end goes with a comment that had the line for itself.
            if (isLeading && i + 1 < trivia.Count && trivia[i + 1].IsKind(SyntaxKind.EndOfLineTrivia))
            {
                i++;
            }
        }

        return SyntaxFactory.TriviaList(kept);
    }
}
