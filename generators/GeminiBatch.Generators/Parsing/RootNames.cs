using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

/// <summary>
/// The names under which a root's generated members are found. They depend on the whole class that declares schemas, whichever of its
/// parts carries the attribute, and not on the order of files.
/// </summary>
internal static class RootNames
{
    private const string Suffix = "Schema";

    /// <summary>The roots that a class declares for others, on all its parts.</summary>
    public static IEnumerable<(ITypeSymbol Root, AttributeData Attribute)> Declared(INamedTypeSymbol holder) => holder.GetAttributes()
        .Where(static attribute => attribute.AttributeClass is { IsGenericType: true } type && KnownTypes.FullName(type) == "GeminiBatch.ExtractionSchemaAttribute")
        .Select(static attribute => (attribute.AttributeClass!.TypeArguments[0], attribute));

    /// <summary>The property that holds a root's handle: called like the type, with its namespace where two are called alike.</summary>
    public static string Property(INamedTypeSymbol holder, ITypeSymbol root)
    {
        var name = TypeNames.Short(root);
        var isUnique = Declared(holder).Select(static declared => declared.Root).Distinct(SymbolEqualityComparer.Default)
            .Count(other => TypeNames.Short((ITypeSymbol)other!) == name) < 2;
        if (!isUnique)
        {
            name = new string([.. root.ToDisplayString(TypeNames.Namespace).Select(static character => char.IsLetterOrDigit(character) ? character : '_')]);
        }

        return name == holder.Name || holder.GetMembers(name).Length > 0 ? name + Suffix : name;
    }

    /// <summary>The start of the names of generated types, different from that of any other type in the namespace.</summary>
    public static string Identifier(INamedTypeSymbol annotated, string? holder)
    {
        var name = string.Join("_", DeclarationParser.Containers(annotated).Select(static type => type.Name)) + (holder is null ? "" : "_" + holder);
        var space = annotated.ContainingNamespace;
        var isTaken = space.GetTypeMembers(name + "ExtractionSchema").Length > 0
            || (name != annotated.Name && space.GetTypeMembers(name).Length > 0);
        return isTaken ? $"{name}_{HintNames.Hash(annotated.ToDisplayString() + "." + holder)}" : name;
    }
}
