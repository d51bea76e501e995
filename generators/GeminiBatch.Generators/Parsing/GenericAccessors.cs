using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

/// <summary>Finds how to set a member of a generic class that has an init accessor.</summary>
internal static class GenericAccessors
{
    public static GenericAccessorModel Of(IPropertySymbol property)
    {
        var closed = DeclarationParser.Containers(property.ContainingType).ToList();
        var parameters = closed.SelectMany(static type => type.TypeParameters).ToList();
        return new(
            $"<{string.Join(", ", parameters.Select(static parameter => Literals.Identifier(parameter.Name)))}>",
            string.Concat(parameters.Select(Constraints)),
            $"<{string.Join(", ", closed.SelectMany(static type => type.TypeArguments).Select(TypeNames.Declared))}>",
            TypeNames.Plain(property.OriginalDefinition.ContainingType),
            TypeNames.Declared(property.OriginalDefinition.Type));
    }

    private static string Constraints(ITypeParameterSymbol parameter)
    {
        string?[] constraints =
        [
            parameter.HasUnmanagedTypeConstraint ? "unmanaged" : parameter.HasValueTypeConstraint ? "struct"
                : parameter.HasReferenceTypeConstraint ? parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated ? "class?" : "class"
                : parameter.HasNotNullConstraint ? "notnull" : null,
            .. parameter.ConstraintTypes.Select(TypeNames.Declared),
            parameter.HasConstructorConstraint ? "new()" : null,
        ];
        var all = string.Join(", ", constraints.OfType<string>());
        return all.Length == 0 ? "" : $" where {Literals.Identifier(parameter.Name)} : {all}";
    }
}
