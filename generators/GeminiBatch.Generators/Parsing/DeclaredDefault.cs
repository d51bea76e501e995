using System.Globalization;
using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

/// <summary>The value of a member's <c>[DefaultValue]</c>.</summary>
internal static class DeclaredDefault
{
    private const string Attribute = "System.ComponentModel.DefaultValueAttribute";

    /// <summary>Whether a member has one; null stands for a value that the member's type does not hold.</summary>
    public static (bool IsDeclared, string? Expression, string? Json) Of(ITypeSymbol declared, params ISymbol?[] symbols)
    {
        if (symbols.Select(static symbol => Attributes.Find(symbol, Attribute)).FirstOrDefault(static found => found is not null) is not { } attribute)
        {
            return (false, null, null);
        }

        var type = Nullability.Strip(declared, out var isNullable);
        var arguments = attribute.ConstructorArguments;
        var value = arguments.Length == 2 ? Parse(arguments[1].Value as string, type) : Fit(arguments.FirstOrDefault(), type);
        return value is null && !(isNullable && arguments.Length == 1 && arguments[0].IsNull)
            ? (true, null, null)
            : (true, value is null ? "null" : DefaultValues.Expression(value, type), DefaultValues.Json(value, declared));
    }

    private static object? Fit(TypedConstant constant, ITypeSymbol type) => constant.Value switch
    {
        string text => type.SpecialType == SpecialType.System_String ? text : Parse(text, type),
        null => null,
        var value when type.TypeKind == TypeKind.Enum => SymbolEqualityComparer.Default.Equals(constant.Type, type) ? value : null,
        bool flag => type.SpecialType == SpecialType.System_Boolean ? flag : null,
        var value => Parse(Convert.ToString(value, CultureInfo.InvariantCulture), type),
    };

    private static object? Parse(string? text, ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_SByte when sbyte.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        SpecialType.System_Byte when byte.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        SpecialType.System_Int16 when short.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        SpecialType.System_UInt16 when ushort.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        SpecialType.System_Int32 when int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        SpecialType.System_UInt32 when uint.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        SpecialType.System_Int64 when long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        SpecialType.System_UInt64 when ulong.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        SpecialType.System_Single when float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        SpecialType.System_Double when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        SpecialType.System_Decimal when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}
