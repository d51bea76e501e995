using System.Text.Json;

namespace GeminiBatch.Scaffolding;

/// <summary>Values of a schema as C# expressions.</summary>
internal static class Defaults
{
    /// <summary>A value as the initialiser of a property of a type; null where there is none.</summary>
    public static string? Initializer(JsonElement value, CSharpType type) => type.Kind switch
    {
        TypeKind.Enum => EnumValue(value, type.Enum!),
        TypeKind.List when value.ValueKind == JsonValueKind.Array => Items(value, type.Item!),
        TypeKind.Map when value.ValueKind == JsonValueKind.Object && !value.EnumerateObject().Any() => $"new {type.ConcreteName}()",
        TypeKind.Integer => Constant(value, type)?.TrimEnd('U', 'L'),
        _ => Constant(value, type),
    };

    /// <summary>A value as a constant of exactly a type, as attributes need it; null where there is none.</summary>
    public static string? Constant(JsonElement value, CSharpType type) => (type.Kind, value.ValueKind) switch
    {
        (TypeKind.String, JsonValueKind.String) => Literals.Text(value.GetString()!),
        (TypeKind.Boolean, JsonValueKind.True) => "true",
        (TypeKind.Boolean, JsonValueKind.False) => "false",
        (TypeKind.Integer, JsonValueKind.Number) => Integer(value, type.Name),
        (TypeKind.Double, JsonValueKind.Number) => value.GetDouble() is var number && double.IsFinite(number) && double.IsFinite((float)number)
            ? type.Name == "float" ? Literals.Double(number) + "f" : Literals.Double(number)
            : null,
        (TypeKind.Decimal, JsonValueKind.Number) => value.TryGetDecimal(out var number) ? Literals.Decimal(number) : null,
        _ => null,
    };

    private static string? Integer(JsonElement value, string type)
    {
        if (!value.TryGetDecimal(out var number) || !decimal.IsInteger(number))
        {
            return null;
        }

        var (minimum, maximum, suffix) = type switch
        {
            "sbyte" => (sbyte.MinValue, sbyte.MaxValue, ""),
            "byte" => (byte.MinValue, byte.MaxValue, ""),
            "short" => (short.MinValue, short.MaxValue, ""),
            "ushort" => (ushort.MinValue, ushort.MaxValue, ""),
            "int" => (int.MinValue, int.MaxValue, ""),
            "uint" => (uint.MinValue, uint.MaxValue, "U"),
            "ulong" => (ulong.MinValue, ulong.MaxValue, "UL"),
            _ => ((decimal)long.MinValue, (decimal)long.MaxValue, "L"),
        };
        return number >= minimum && number <= maximum ? Literals.Integer(number) + suffix : null;
    }

    private static string? EnumValue(JsonElement value, EnumShape type) =>
        value.ValueKind == JsonValueKind.String && type.Values.FirstOrDefault(each => each.JsonName == value.GetString()) is { } match
            ? $"{type.Name}.{match.MemberName}"
            : null;

    private static string? Items(JsonElement value, TypeUse item)
    {
        var items = value.EnumerateArray()
            .Select(each => each.ValueKind == JsonValueKind.Null && item.Nullable ? "null" : Initializer(each, item.Type)).ToList();
        return items.Contains(null) ? null : $"[{string.Join(", ", items)}]";
    }
}
