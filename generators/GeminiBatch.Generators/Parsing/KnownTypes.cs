using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

/// <summary>Which C# types stand for which kinds.</summary>
internal static class KnownTypes
{
    private static readonly ConditionalWeakTable<INamespaceSymbol, string> s_spaces = new();

    public static (SchemaKind Kind, string? Minimum, string? Maximum)? Scalar(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_String => (SchemaKind.String, null, null),
        SpecialType.System_Boolean => (SchemaKind.Boolean, null, null),
        SpecialType.System_SByte => (SchemaKind.Integer, "-128", "127"),
        SpecialType.System_Byte => (SchemaKind.Integer, "0", "255"),
        SpecialType.System_Int16 => (SchemaKind.Integer, "-32768", "32767"),
        SpecialType.System_UInt16 => (SchemaKind.Integer, "0", "65535"),
        SpecialType.System_Int32 => (SchemaKind.Integer, "-2147483648", "2147483647"),
        SpecialType.System_UInt32 => (SchemaKind.Integer, "0", "4294967295"),
        SpecialType.System_Int64 => (SchemaKind.Integer, "-9223372036854775808", "9223372036854775807"),
        SpecialType.System_UInt64 => (SchemaKind.Integer, "0", "18446744073709551615"),
        SpecialType.System_Single or SpecialType.System_Double => (SchemaKind.Number, null, null),
        SpecialType.System_Decimal => (SchemaKind.Decimal, null, null),
        SpecialType.System_DateTime => (SchemaKind.DateTime, null, null),
        _ => FullName(type) switch
        {
            "System.DateOnly" => (SchemaKind.Date, null, null),
            "System.TimeOnly" => (SchemaKind.Time, null, null),
            "System.DateTimeOffset" => (SchemaKind.DateTimeOffset, null, null),
            "System.TimeSpan" => (SchemaKind.Duration, null, null),
            "System.Guid" => (SchemaKind.Guid, null, null),
            "System.Uri" => (SchemaKind.Uri, null, null),
            "System.Int128" => (SchemaKind.Integer, "-170141183460469231731687303715884105728", "170141183460469231731687303715884105727"),
            "System.UInt128" => (SchemaKind.Integer, "0", "340282366920938463463374607431768211455"),
            "System.Text.Json.JsonElement" or "System.Text.Json.Nodes.JsonNode" => (SchemaKind.Any, null, null),
            _ => null,
        },
    };

    /// <summary>Whether a type is the user's own class, struct or record, read member by member.</summary>
    public static bool IsObject(INamedTypeSymbol type) =>
        type.TypeKind is TypeKind.Class or TypeKind.Struct && type.SpecialType == SpecialType.None && !type.IsTupleType
        && Scalar(type) is null && CollectionTypes.Of(type).Form == CollectionForm.None && !IsFromFramework(type) && !IsEnumerable(type);

    /// <summary>Whether a type is a collection, whose members are not its data.</summary>
    public static bool IsEnumerable(ITypeSymbol type) => type.AllInterfaces.Any(static contract => contract.SpecialType == SpecialType.System_Collections_IEnumerable);

    /// <summary>Whether a type belongs to .NET itself: its members are not data to be asked for.</summary>
    private static bool IsFromFramework(INamedTypeSymbol type)
    {
        var space = FullName(type);
        return (space.StartsWith("System.", StringComparison.Ordinal) || space.StartsWith("Microsoft.", StringComparison.Ordinal))
            && type.Locations.All(static location => location.IsInMetadata);
    }

    /// <summary>The dotted name without type arguments, or the name alone of a nested type.</summary>
    public static string FullName(ITypeSymbol type) =>
        type.ContainingType is not null || type.ContainingNamespace is not { IsGlobalNamespace: false } space ? type.Name : NameOf(space) + "." + type.Name;

    /// <summary>Whether a type has this full name; most have not, and are told by their last part.</summary>
    public static bool Is(ITypeSymbol? type, string fullName) =>
        type is not null && fullName.EndsWith(type.Name, StringComparison.Ordinal) && FullName(type) == fullName;

    private static string NameOf(INamespaceSymbol space) => s_spaces.GetValue(space, static space =>
        space.ContainingNamespace is { IsGlobalNamespace: false } outer ? NameOf(outer) + "." + space.Name : space.Name);
}
