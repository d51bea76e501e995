using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace GeminiBatch.CodeFixes;

/// <summary>A fix that exchanges the declaration around a mistake.</summary>
/// <param name="title">What the fix does, as a command.</param>
/// <param name="rules">The ids of the rules that it is for.</param>
public abstract class DeclarationFix(string title, params string[] rules) : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = [.. rules];

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var node in root?.FindNode(context.Span).AncestorsAndSelf() ?? [])
        {
            if (Fixed(node) is { } changed)
            {
                var document = context.Document.WithSyntaxRoot(root!.ReplaceNode(node, changed));
                context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(document), equivalenceKey: title), context.Diagnostics);
                return;
            }
        }
    }

    /// <summary>What a declaration becomes; null for a node that is none of those that the fix is for.</summary>
    /// <param name="node">The place of the mistake, or a node around it.</param>
    protected abstract SyntaxNode? Fixed(SyntaxNode node);
}
