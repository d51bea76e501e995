using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeminiBatch.Generators;

/// <summary>The defaults that members declare.</summary>
internal static class DefaultValues
{
    /// <summary>A parameter's default as C#.</summary>
    public static string Expression(IParameterSymbol parameter) => parameter.ExplicitDefaultValue is { } value
        ? Expression(value, Nullability.Strip(parameter.Type, out _))
        : parameter.Type.IsValueType ? "default" : parameter.Type.NullableAnnotation == NullableAnnotation.NotAnnotated ? "default!" : "null";

    /// <summary>A constant as C#.</summary>
    public static string Expression(object constant, ITypeSymbol type) => constant switch
    {
        var value when type.TypeKind == TypeKind.Enum => $"({TypeNames.Plain(type)})({Number(value)})",
        string text => Literals.String(text),
        bool flag => flag ? "true" : "false",
        double number when double.IsNaN(number) || double.IsInfinity(number) => $"double.{Special(number)}",
        float number when float.IsNaN(number) || float.IsInfinity(number) => $"float.{Special(number)}",
        double number => number.ToString("R", CultureInfo.InvariantCulture) + "d",
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
        decimal number => Number(number) + "m",
        var value => Number(value),
    };

    /// <summary>A constant as JSON; null where JSON cannot hold it.</summary>
    public static string? Json(object? value, ITypeSymbol declared)
    {
        var type = Nullability.Strip(declared, out _);
        if (value is not null && type is INamedTypeSymbol { TypeKind: TypeKind.Enum } named)
        {
            var member = named.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, value));
            var name = member is null ? null : Attributes.Text(member, "System.Text.Json.Serialization.JsonStringEnumMemberNameAttribute") ?? member.Name;
            return name is null ? null : new JsonBuilder().String(name).ToString();
        }

        return value switch
        {
            null => declared.IsReferenceType || !SymbolEqualityComparer.Default.Equals(type, declared) ? "null" : null,
            string text => new JsonBuilder().String(text).ToString(),
            bool flag => flag ? "true" : "false",
            double number => double.IsNaN(number) || double.IsInfinity(number) ? null : number.ToString("R", CultureInfo.InvariantCulture),
            float number => float.IsNaN(number) || float.IsInfinity(number) ? null : number.ToString("R", CultureInfo.InvariantCulture),
            char => null,
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
    }

    /// <summary>A property's initializer, unless it only silences the compiler.</summary>
    public static ExpressionSyntax? Initializer(IPropertySymbol property, CancellationToken cancellation) => Meant(property.DeclaringSyntaxReferences
        .Select(reference => reference.GetSyntax(cancellation)).OfType<PropertyDeclarationSyntax>()
        .Select(static declaration => declaration.Initializer?.Value).FirstOrDefault(static value => value is not null));

    /// <summary>Whether a property of another assembly has an initializer, as far as that assembly says so.</summary>
    public static bool IsDeclaredElsewhere(IPropertySymbol property) => property.Locations.All(static location => location.IsInMetadata)
        && DeclaredSchemas.DefaultsOf(property.ContainingType)?.Contains(property.Name) == true;

    /// <summary>Whether a parameter has a default that is meant as one: null where null is no value only silences the compiler.</summary>
    public static bool Has(IParameterSymbol parameter) => parameter.HasExplicitDefaultValue
        && (parameter.ExplicitDefaultValue is not null || parameter.Type.IsValueType || parameter.Type.NullableAnnotation != NullableAnnotation.NotAnnotated);

    private static ExpressionSyntax? Meant(ExpressionSyntax? initializer) =>
        initializer is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } forgiven
            && forgiven.Operand.Kind() is SyntaxKind.NullLiteralExpression or SyntaxKind.DefaultLiteralExpression or SyntaxKind.DefaultExpression
            ? null
            : initializer;

    /// <summary>What an empty list or map, or null, is in C#.</summary>
    public static string Empty(TypeModel type, TypeModel? key, string itemName)
    {
        var empty = type.Form switch
        {
            CollectionForm.List when type.Maker is not null => $"new global::System.Collections.Generic.List<{itemName}>()",
            CollectionForm.Set => $"new global::System.Collections.Generic.HashSet<{itemName}>()",
            CollectionForm.Map => $"new global::System.Collections.Generic.Dictionary<{key?.CSharpName}, {itemName}>()",
            _ => "[]",
        };
        return type.Maker is null ? empty : $"{type.Maker}({empty})";
    }

    private static string Special(double number) => double.IsNaN(number) ? "NaN" : number > 0 ? "PositiveInfinity" : "NegativeInfinity";

    private static string Number(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) + value switch
    {
        uint => "u",
        long => "L",
        ulong => "UL",
        _ => "",
    };
}
