using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeminiBatch.CodeFixes;

/// <summary>Moves the doc comments inside a parameter list to where compiler and model see them: <c>param</c> elements above the type.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MoveCommentFix))]
[Shared]
public sealed class MoveCommentFix : CodeFixProvider
{
    private const string Title = "Move the comments to <param>";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["GB0009"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(static (context, document, diagnostics) => MoveAllAsync(document, diagnostics, context.CancellationToken));

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        context.RegisterCodeFix(
            CodeAction.Create(Title, async cancellation => await MoveAllAsync(context.Document, context.Diagnostics, cancellation).ConfigureAwait(false) ?? context.Document, equivalenceKey: Title),
            context.Diagnostics);
        return Task.CompletedTask;
    }

    private static async Task<Document?> MoveAllAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root)
        {
            return null;
        }

        // All of one list move together: they end in one comment.
        var types = diagnostics.Select(diagnostic => root.FindToken(diagnostic.Location.SourceSpan.Start, findInsideTrivia: false).Parent?.FirstAncestorOrSelf<TypeDeclarationSyntax>())
            .OfType<TypeDeclarationSyntax>().Distinct();
        return document.WithSyntaxRoot(root.ReplaceNodes(types, ParameterComments.Move));
    }
}
