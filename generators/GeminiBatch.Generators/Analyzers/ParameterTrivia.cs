using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeminiBatch.Generators;

/// <summary>Doc comments between the parentheses of a declaration. Where doc comments are off, they are ordinary ones; either way they belong to no symbol.</summary>
internal static class ParameterTrivia
{
    public static bool IsComment(SyntaxTrivia trivia) => trivia.ToFullString().TrimStart().StartsWith("///", StringComparison.Ordinal);

    /// <summary>The comments that speak of a parameter: before it, or behind it in the same line.</summary>
    public static IEnumerable<SyntaxTrivia> CommentsOf(ParameterSyntax parameter)
    {
        var first = parameter.GetFirstToken();
        var last = parameter.GetLastToken();
        var next = last.GetNextToken();
        var isFirst = first.GetPreviousToken().IsKind(SyntaxKind.OpenParenToken);
        var before = Between(first.GetPreviousToken(), first).Where(comment => isFirst || LineOf(comment.SpanStart, parameter) > LineOf(first.GetPreviousToken().Span.End, parameter));
        var behind = next.IsKind(SyntaxKind.CommaToken) ? Between(next, next.GetNextToken()).Where(comment => LineOf(comment.SpanStart, parameter) == LineOf(next.Span.End, parameter)) : [];
        return before.Concat(Between(last, next)).Concat(behind);
    }

    private static IEnumerable<SyntaxTrivia> Between(SyntaxToken left, SyntaxToken right) => left.TrailingTrivia.Concat(right.LeadingTrivia).Where(IsComment);

    private static int LineOf(int position, ParameterSyntax parameter) => parameter.SyntaxTree.GetText().Lines.GetLineFromPosition(position).LineNumber;
}
