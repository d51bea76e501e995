using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeminiBatch.Generators;

/// <summary>Where a type that may be a root is declared, by names alone: what outlives the compilation that it was found in.</summary>
/// <param name="Namespace">Dotted; empty for the global one.</param>
/// <param name="Types">The names of the containing types and the type, outermost first, each with its arity after a backtick.</param>
/// <param name="File">The file of the part that carries attributes.</param>
internal sealed record RootKey(string Namespace, EquatableArray<string> Types, string File)
{
    public static RootKey Of(TypeDeclarationSyntax declaration)
    {
        var spaces = new List<string>();
        var types = new List<string>();
        for (SyntaxNode? node = declaration; node is not null; node = node.Parent)
        {
            if (node is TypeDeclarationSyntax type)
            {
                types.Insert(0, FormattableString.Invariant($"{type.Identifier.ValueText}`{type.TypeParameterList?.Parameters.Count ?? 0}"));
            }
            else if (node is BaseNamespaceDeclarationSyntax space)
            {
                spaces.InsertRange(0, space.Name.DescendantTokens().Where(static token => token.ValueText != ".").Select(static token => token.ValueText));
            }
        }

        return new(string.Join(".", spaces), new(types), declaration.SyntaxTree.FilePath);
    }

    /// <summary>Finds the type again.</summary>
    public INamedTypeSymbol? Find(Compilation compilation)
    {
        INamespaceOrTypeSymbol? found = compilation.Assembly.GlobalNamespace;
        foreach (var space in Namespace.Split(['.'], StringSplitOptions.RemoveEmptyEntries))
        {
            found = found?.GetMembers(space).OfType<INamespaceSymbol>().FirstOrDefault();
        }

        foreach (var type in Types)
        {
            var tick = type.LastIndexOf('`');
            found = found?.GetTypeMembers(type.Substring(0, tick)).FirstOrDefault(candidate => type == FormattableString.Invariant($"{candidate.Name}`{candidate.Arity}"));
        }

        return found as INamedTypeSymbol;
    }
}
