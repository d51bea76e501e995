using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

/// <summary>Reads DataAnnotations from a member.</summary>
internal static class ConstraintParser
{
    private const string Space = "System.ComponentModel.DataAnnotations.";

    public static ConstraintModel Parse(TypeGraphParser graph, TypeModel type, string path, params ISymbol?[] symbols)
    {
        var constraints = new ConstraintModel();
        foreach (var symbol in symbols)
        {
            foreach (var attribute in symbol?.GetAttributes() ?? [])
            {
                if (attribute.AttributeClass is not { } attributeType || !KnownTypes.FullName(attributeType).StartsWith(Space, StringComparison.Ordinal))
                {
                    continue;
                }

                constraints = Apply(constraints, attributeType.Name, attribute);
                Check(graph, type, path, attribute, attributeType.Name, constraints);
            }
        }

        return constraints;
    }

    private static ConstraintModel Apply(ConstraintModel constraints, string name, AttributeData attribute)
    {
        var arguments = attribute.ConstructorArguments;
        return name switch
        {
            "RangeAttribute" => constraints with
            {
                Minimum = Bound(arguments[arguments.Length - 2].Value),
                Maximum = Bound(arguments[arguments.Length - 1].Value),
                MinimumIsExclusive = Named(attribute, "MinimumIsExclusive") is true,
                MaximumIsExclusive = Named(attribute, "MaximumIsExclusive") is true,
            },
            "StringLengthAttribute" => constraints with { MaxLength = arguments[0].Value as int?, MinLength = Named(attribute, "MinimumLength") as int? },
            "MinLengthAttribute" => constraints with { MinLength = arguments[0].Value as int? },
            "MaxLengthAttribute" when arguments.Length == 1 => constraints with { MaxLength = arguments[0].Value as int? },
            "LengthAttribute" => constraints with { MinLength = arguments[0].Value as int?, MaxLength = arguments[1].Value as int? },
            "RegularExpressionAttribute" => constraints with { Pattern = arguments[0].Value as string },
            _ => constraints,
        };
    }

    private static void Check(TypeGraphParser graph, TypeModel type, string path, AttributeData attribute, string name, ConstraintModel constraints)
    {
        var (fits, wanted) = name switch
        {
            "RangeAttribute" => (type.Kind is SchemaKind.Integer or SchemaKind.Number or SchemaKind.Decimal, "numbers"),
            "StringLengthAttribute" or "RegularExpressionAttribute" => (type.Kind == SchemaKind.String, "strings"),
            "MinLengthAttribute" or "MaxLengthAttribute" or "LengthAttribute" => (type.Kind is SchemaKind.String or SchemaKind.Array or SchemaKind.Map, "strings and lists"),
            _ => (true, ""),
        };
        var location = attribute.ApplicationSyntaxReference?.GetSyntax(graph.Cancellation).GetLocation();
        if (!fits)
        {
            graph.Report(Rules.BadConstraint, location, path, $"[{name.Replace("Attribute", "")}] applies to {wanted}.");
        }
        else if (Contradicts(constraints))
        {
            graph.Report(Rules.BadConstraint, location, path, "the smallest allowed value is larger than the largest.");
        }
        else if (name == "RegularExpressionAttribute" && !IsPattern(constraints.Pattern))
        {
            graph.Report(Rules.BadConstraint, location, path, $"\"{constraints.Pattern}\" is no regular expression.");
        }
    }

    private static bool Contradicts(ConstraintModel constraints) =>
        constraints.MinLength > constraints.MaxLength
        || (decimal.TryParse(constraints.Minimum, NumberStyles.Float, CultureInfo.InvariantCulture, out var minimum)
            && decimal.TryParse(constraints.Maximum, NumberStyles.Float, CultureInfo.InvariantCulture, out var maximum)
            && minimum > maximum);

    private static bool IsPattern(string? pattern)
    {
        try
        {
            return pattern is not null && Regex.Match("", pattern) is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static object? Named(AttributeData attribute, string name) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;

    /// <summary>A bound as JSON; the ends of a type's range mean that there is none.</summary>
    private static string? Bound(object? value) => value switch
    {
        double.MinValue or double.MaxValue or double.NegativeInfinity or double.PositiveInfinity => null,
        double number => Plain(number),
        int number => number.ToString(CultureInfo.InvariantCulture),
        string text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string Plain(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
