using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

/// <summary>Types as source text that means the same everywhere.</summary>
internal static class TypeNames
{
    public static readonly SymbolDisplayFormat Namespace = SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    private static readonly SymbolDisplayFormat s_full = SymbolDisplayFormat.FullyQualifiedFormat.WithMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers | SymbolDisplayMiscellaneousOptions.UseSpecialTypes
        | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    // A symbol lives as long as its compilation; a name is asked for once per member that has the type.
    private static readonly ConditionalWeakTable<ITypeSymbol, string> s_names = new();

    /// <summary>How a doc comment refers to the type: a closed generic type and an array have no reference of their own.</summary>
    public static string Cref(ITypeSymbol type) => type is INamedTypeSymbol named && DeclarationParser.Containers(named).All(static container => container.TypeArguments.Length == 0)
        ? $"<see cref=\"{Plain(type)}\"/>"
        : $"<c>{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat).Replace("<", "&lt;").Replace(">", "&gt;")}</c>";

    /// <summary>The type with the nullability it is declared with.</summary>
    public static string Declared(ITypeSymbol type)
    {
        var plain = Nullability.Strip(type, out var isNullable);
        return Plain(plain) + (isNullable ? "?" : "");
    }

    /// <summary>A name for the type in identifiers, with those of its parts: <c>ListInvoice</c>, <c>InvoiceArray</c>.</summary>
    public static string Short(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Short(array.ElementType) + "Array",
        INamedTypeSymbol named => named.Name + string.Concat(named.TypeArguments.Select(Short)),
        _ => type.Name,
    };

    /// <summary>The type itself, without a question mark.</summary>
    public static string Plain(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_String => "string",
        SpecialType.System_Int32 => "int",
        SpecialType.System_Boolean => "bool",
        SpecialType.System_Decimal => "decimal",
        _ => s_names.GetValue(Unannotated(type), static plain => plain.ToDisplayString(s_full)),
    };

    /// <summary>The symbol that a compilation has one of; with any other annotation each call makes a new one, whose name nobody finds again.</summary>
    private static ITypeSymbol Unannotated(ITypeSymbol type) =>
        type.WithNullableAnnotation(type.IsReferenceType ? NullableAnnotation.None : NullableAnnotation.NotAnnotated);

    /// <summary>Whether a public member may be of the type.</summary>
    public static bool IsPublic(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsPublic(array.ElementType),
        INamedTypeSymbol named => DeclarationParser.Containers(named).All(static container =>
            container.DeclaredAccessibility == Accessibility.Public && container.TypeArguments.All(IsPublic)),
        _ => true,
    };
}
