using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

internal static class Nullability
{
    /// <summary>Takes the question mark off a type.</summary>
    public static ITypeSymbol Strip(ITypeSymbol type, out bool isNullable)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            isNullable = true;
            return nullable.TypeArguments[0];
        }

        isNullable = type.IsReferenceType && type.NullableAnnotation == NullableAnnotation.Annotated;
        return type;
    }
}
