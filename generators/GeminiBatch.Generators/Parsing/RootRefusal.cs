using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

/// <summary>Why a type cannot be the root of a schema.</summary>
internal static class RootRefusal
{
    /// <returns>The reason with what to do; null when it can.</returns>
    public static string? Of(ITypeSymbol root, RootKind kind, INamedTypeSymbol annotated, Compilation compilation, AttributeData attribute)
    {
        if (DeclarationParser.Containers(annotated).Any(static type => type.IsGenericType) || root is INamedTypeSymbol { IsUnboundGenericType: true })
        {
            return "it is generic, and a schema needs one shape. Annotate a type that closes it.";
        }

        if (!compilation.IsSymbolAccessibleWithin(root, compilation.Assembly)
            || DeclarationParser.Containers(annotated).Any(static type => type.IsFileLocal || type.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal)))
        {
            return "generated code cannot reach it. Make it and the types around it public or internal.";
        }

        if (annotated.IsStatic != (kind == RootKind.Foreign))
        {
            return kind == RootKind.Foreign ? "[ExtractionSchema<T>] stands on a static partial class." : "a static class has no values.";
        }

        if (root is INamedTypeSymbol { IsAbstract: true, TypeKind: TypeKind.Class } named && (kind == RootKind.Metadata || !UnionParser.IsUnion(named)))
        {
            return "it is abstract. Use a type that can be constructed, or list its cases with [JsonDerivedType].";
        }

        if (kind == RootKind.Foreign && IsRepeated(annotated, root, attribute))
        {
            return "the class declares it twice. Remove one of the attributes.";
        }

        Nullability.Strip(root, out var isNullable);
        return root.IsRefLikeType ? "a ref struct cannot be held by a result."
            : isNullable ? "an answer that may be null says nothing. Use the type without the question mark, or a record with a nullable member."
            : KnownTypes.Scalar(root)?.Kind == SchemaKind.Any ? "a schema of any value asks nothing. Use a record."
            : null;
    }

    private static bool IsRepeated(INamedTypeSymbol annotated, ITypeSymbol root, AttributeData attribute)
    {
        var first = RootNames.Declared(annotated).First(other => SymbolEqualityComparer.Default.Equals(other.Root, root));
        return first.Attribute.ApplicationSyntaxReference?.Span != attribute.ApplicationSyntaxReference?.Span
            || first.Attribute.ApplicationSyntaxReference?.SyntaxTree != attribute.ApplicationSyntaxReference?.SyntaxTree;
    }
}
