using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

/// <summary>Reads the cases of a union as System.Text.Json declares them.</summary>
internal static class UnionParser
{
    private const string Space = "System.Text.Json.Serialization.";
    private const string DefaultDiscriminator = "$type";

    /// <summary>Whether a type lists the types that its values can be.</summary>
    public static bool IsUnion(INamedTypeSymbol type) =>
        type.TypeKind is TypeKind.Class or TypeKind.Interface && Attributes.Has(type, Space + "JsonDerivedTypeAttribute");

    /// <summary>The member that names the case.</summary>
    public static string Discriminator(INamedTypeSymbol type) => Attributes.Find(type, Space + "JsonPolymorphicAttribute")?.NamedArguments
        .FirstOrDefault(static argument => argument.Key == "TypeDiscriminatorPropertyName").Value.Value as string ?? DefaultDiscriminator;

    /// <summary>Why a type cannot be a case, with what to do; null when it can.</summary>
    public static string? Refusal(Compilation compilation, INamedTypeSymbol union, INamedTypeSymbol type) =>
        type.IsUnboundGenericType ? "Close the generic type."
        : !compilation.IsSymbolAccessibleWithin(type, compilation.Assembly) ? "Make it public or internal."
        : !compilation.HasImplicitConversion(type, union) ? $"It does not derive from '{union.Name}', whose cases it is listed among."
        : null;

    /// <summary>The cases in the order in which they are declared. One without a name of its own is called like its type.</summary>
    public static IEnumerable<(string Name, INamedTypeSymbol Type, Location? Location)> Cases(INamedTypeSymbol type, CancellationToken cancellation)
    {
        foreach (var attribute in type.GetAttributes().Where(static attribute => KnownTypes.FullName(attribute.AttributeClass!) == Space + "JsonDerivedTypeAttribute"))
        {
            if (attribute.ConstructorArguments.FirstOrDefault().Value is INamedTypeSymbol derived)
            {
                var name = attribute.ConstructorArguments.Length > 1 ? attribute.ConstructorArguments[1].Value : null;
                yield return (Convert.ToString(name, System.Globalization.CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : derived.Name, derived,
                    attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).GetLocation());
            }
        }
    }
}
