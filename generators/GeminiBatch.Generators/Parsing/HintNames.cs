using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

/// <summary>
/// Names of generated files: namespace, containing types and arity, and a hash of them because file names are compared without regard to
/// case and do not hold every character.
/// </summary>
internal static class HintNames
{
    public static string Of(INamedTypeSymbol type, string? holder, RootKind kind)
    {
        var space = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString() + ".";
        var full = space + string.Join("+", DeclarationParser.Containers(type).Select(static container => container.MetadataName)) + (holder is null ? "" : "." + holder);
        var readable = new StringBuilder();
        foreach (var character in full)
        {
            readable.Append(char.IsLetterOrDigit(character) || character is '.' or '_' or '+' or '`' ? character : '_');
        }

        var suffix = kind == RootKind.Metadata ? "Metadata" : "Schema";
        return $"{readable}.{Hash(full)}.{suffix}.g.cs";
    }

    public static string Hash(string text)
    {
        // FNV-1a: the same in every process.
        var hash = 2166136261u;
        foreach (var character in text)
        {
            hash = unchecked((hash ^ character) * 16777619u);
        }

        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
