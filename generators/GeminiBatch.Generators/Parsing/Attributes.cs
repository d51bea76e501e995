using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

/// <summary>Reads attributes by their full name.</summary>
internal static class Attributes
{
    public static AttributeData? Find(ISymbol? symbol, string fullName)
    {
        if (symbol is null)
        {
            return null;
        }

        foreach (var attribute in symbol.GetAttributes())
        {
            if (KnownTypes.Is(attribute.AttributeClass, fullName))
            {
                return attribute;
            }
        }

        return null;
    }

    /// <summary>Whether all arguments of an attribute are there: while one is typed, the compiler gives it with fewer.</summary>
    public static bool IsComplete(AttributeData attribute) => attribute.AttributeConstructor?.Parameters.Length == attribute.ConstructorArguments.Length;

    public static bool Has(ISymbol? symbol, string fullName) => Find(symbol, fullName) is not null;

    /// <summary>The text of an attribute's first argument.</summary>
    public static string? Text(ISymbol? symbol, string fullName) =>
        Find(symbol, fullName)?.ConstructorArguments.Select(static argument => argument.Value).FirstOrDefault() as string;

    public static EquatableArray<string> Aliases(ISymbol? parameter, ISymbol member)
    {
        const string attribute = "GeminiBatch.AliasesAttribute";
        var (first, second) = (Find(parameter, attribute), Find(member, attribute));
        return first is null && second is null ? default : Aliases([first, second]);
    }

    private static EquatableArray<string> Aliases(IEnumerable<AttributeData?> attributes) => new(attributes
        .SelectMany(static attribute => attribute?.ConstructorArguments ?? [])
        .Where(static argument => argument.Kind == TypedConstantKind.Array && !argument.IsNull)
        .SelectMany(static argument => argument.Values)
        .Select(static value => value.Value as string)
        .OfType<string>()
        .Distinct(StringComparer.Ordinal));
}
