namespace GeminiBatch.Scaffolding;

/// <summary>Bounds of numbers as a <c>Range</c> attribute.</summary>
internal static class Ranges
{
    /// <summary>The attribute, or null where the type has no bounds.</summary>
    public static string? Text(SchemaNode node, CSharpType type) => type.Kind switch
    {
        TypeKind.Integer => Integers(node, type),
        TypeKind.Double => Doubles(node),
        TypeKind.Decimal => Decimals(node),
        _ => null,
    };

    /// <summary>Whole bounds: an exclusive or fractional bound moves to the next whole number inside.</summary>
    private static string Integers(SchemaNode node, CSharpType type)
    {
        var minimum = node.Minimum is { } low ? node.MinimumIsExclusive ? decimal.Floor(low) + 1 : decimal.Ceiling(low) : (decimal?)null;
        var maximum = node.Maximum is { } high ? node.MaximumIsExclusive ? decimal.Ceiling(high) - 1 : decimal.Floor(high) : (decimal?)null;
        return (minimum ?? 0) >= int.MinValue && (minimum ?? 0) <= int.MaxValue && (maximum ?? 0) >= int.MinValue && (maximum ?? 0) <= int.MaxValue
                && minimum is not null && maximum is not null && type.Name is "int" or "short" or "sbyte" or "byte" or "ushort"
            ? $"Range({Literals.Integer(minimum.GetValueOrDefault())}, {Literals.Integer(maximum.GetValueOrDefault())})"
            : minimum is not null && maximum is not null && !(IsExact(minimum.Value) && IsExact(maximum.Value))
                ? $"Range(typeof({type.Name}), \"{Literals.Integer(minimum.Value)}\", \"{Literals.Integer(maximum.Value)}\")"
                : Open(minimum, maximum);
    }

    private static string Doubles(SchemaNode node) => Exclusive(node, Open(node.Minimum, node.Maximum));

    private static string Decimals(SchemaNode node) => Exclusive(node,
        IsExact(node.Minimum ?? 0) && IsExact(node.Maximum ?? 0)
            ? Open(node.Minimum, node.Maximum)
            : $"Range(typeof(decimal), \"{Plain(node.Minimum ?? decimal.MinValue)}\", \"{Plain(node.Maximum ?? decimal.MaxValue)}\")");

    private static string Open(decimal? minimum, decimal? maximum) =>
        $"Range({(minimum is { } low ? Literals.Double((double)low) : "double.NegativeInfinity")}, {(maximum is { } high ? Literals.Double((double)high) : "double.PositiveInfinity")})";

    private static string Exclusive(SchemaNode node, string range) =>
        range[..^1]
        + (node is { Minimum: not null, MinimumIsExclusive: true } ? ", MinimumIsExclusive = true" : "")
        + (node is { Maximum: not null, MaximumIsExclusive: true } ? ", MaximumIsExclusive = true" : "")
        + ")";

    private static bool IsExact(decimal value) => Math.Abs(value) <= 1L << 53 && (decimal)(double)value == value;

    private static string Plain(decimal value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
