using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeminiBatch.Generators;

/// <summary>One file's declarations, kept as long as its tree lives: after an edit only the edited file is read again.</summary>
internal sealed class TreeSurface
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreeSurface> s_surfaces = new();

    private TreeSurface(byte[] digest, EquatableArray<RootKey> roots)
    {
        Digest = digest;
        Roots = roots;
    }

    /// <summary>Changes with any declaration, but not with bodies, ordinary comments and white space.</summary>
    public byte[] Digest { get; }

    /// <summary>The types with attributes; whether one is a schema's can be said only by the compilation, because attributes have aliases.</summary>
    public EquatableArray<RootKey> Roots { get; }

    public static TreeSurface Of(SyntaxTree tree, CancellationToken cancellation)
    {
        if (s_surfaces.TryGetValue(tree, out var known))
        {
            return known;
        }

        var reader = new TreeReader(cancellation);
        var root = tree.GetRoot(cancellation);
        if (root is CompilationUnitSyntax)
        {
            reader.Append(root, withComments: true);
        }
        else
        {
            // Another language's project: every change of it counts.
            reader.Text.Append(root.ToFullString());
        }

        using var hash = SHA256.Create();
        var digest = hash.ComputeHash(Encoding.Unicode.GetBytes(reader.Text.ToString()));
        var surface = new TreeSurface(digest, new(reader.Roots.Distinct()));
        return s_surfaces.GetValue(tree, _ => surface);
    }
}
