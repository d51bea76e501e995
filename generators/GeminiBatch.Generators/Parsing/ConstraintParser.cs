using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

/// <summary>Reads DataAnnotations from a member.</summary>
internal static class ConstraintParser
{
    private const string Space = "System.ComponentModel.DataAnnotations.";

    public static ConstraintModel Parse(TypeGraphParser graph, TypeModel type, ITypeSymbol declared, string path, params ISymbol?[] symbols)
    {
        var constraints = new ConstraintModel();
        foreach (var symbol in symbols)
        {
            foreach (var attribute in symbol?.GetAttributes() ?? [])
            {
                if (attribute.AttributeClass is not { } attributeType || !KnownTypes.FullName(attributeType).StartsWith(Space, StringComparison.Ordinal)
                    || !Attributes.IsComplete(attribute))
                {
                    continue;
                }

                constraints = Apply(constraints, attributeType.Name, attribute, declared);
                Check(graph, type, path, attribute, attributeType.Name, constraints);
            }
        }

        return constraints;
    }

    private static ConstraintModel Apply(ConstraintModel constraints, string name, AttributeData attribute, ITypeSymbol type)
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
            "StringLengthAttribute" => Narrow(constraints, Named(attribute, "MinimumLength") as int?, arguments[0].Value as int?),
            "MinLengthAttribute" => Narrow(constraints, arguments[0].Value as int?, null),
            "MaxLengthAttribute" when arguments.Length == 1 => Narrow(constraints, null, arguments[0].Value as int?),
            "LengthAttribute" => Narrow(constraints, arguments[0].Value as int?, arguments[1].Value as int?),
            "RegularExpressionAttribute" => constraints with { Pattern = arguments[0].Value as string },
            "EmailAddressAttribute" => constraints with { Form = SchemaTextForm.EmailAddress },
            "UrlAttribute" => constraints with { Form = SchemaTextForm.Url },
            "PhoneAttribute" => constraints with { Form = SchemaTextForm.Phone },
            "CreditCardAttribute" => constraints with { Form = SchemaTextForm.CreditCard },
            "Base64StringAttribute" => constraints with { Form = SchemaTextForm.Base64 },
            "AllowedValuesAttribute" => constraints with { Allowed = Values(arguments, type) },
            "DeniedValuesAttribute" => constraints with { Denied = Values(arguments, type) },
            "RequiredAttribute" when type.SpecialType == SpecialType.System_String && Named(attribute, "AllowEmptyStrings") is not true => Narrow(constraints, 1, null),
            _ => constraints,
        };
    }

    /// <summary>Of two bounds the narrower one holds, in whichever order they are declared.</summary>
    private static ConstraintModel Narrow(ConstraintModel constraints, int? minimum, int? maximum) => constraints with
    {
        MinLength = minimum > (constraints.MinLength ?? -1) ? minimum : constraints.MinLength,
        MaxLength = maximum < (constraints.MaxLength ?? int.MaxValue) ? maximum : constraints.MaxLength,
    };

    private static EquatableArray<string> Values(IEnumerable<TypedConstant> arguments, ITypeSymbol type) => new(arguments
        .SelectMany(static argument => argument.Kind == TypedConstantKind.Array ? argument.IsNull ? [] : argument.Values.AsEnumerable() : [argument])
        .Select(value => value.IsNull ? null : DefaultValues.Json(value.Value, type.TypeKind == TypeKind.Enum ? type : value.Type ?? type))
        .OfType<string>());

    private static void Check(TypeGraphParser graph, TypeModel type, string path, AttributeData attribute, string name, ConstraintModel constraints)
    {
        var (fits, wanted) = name switch
        {
            "RangeAttribute" => (type.Kind is SchemaKind.Integer or SchemaKind.Number or SchemaKind.Decimal, "numbers"),
            "StringLengthAttribute" or "RegularExpressionAttribute" or "EmailAddressAttribute" or "PhoneAttribute" or "CreditCardAttribute"
                or "Base64StringAttribute" => (type.Kind == SchemaKind.String, "strings"),
            "UrlAttribute" => (type.Kind is SchemaKind.String or SchemaKind.Uri, "strings and URIs"),
            "MinLengthAttribute" or "MaxLengthAttribute" or "LengthAttribute" => (type.Kind is SchemaKind.String or SchemaKind.Array or SchemaKind.Map, "strings and lists"),
            "AllowedValuesAttribute" or "DeniedValuesAttribute" =>
                (type.Kind is SchemaKind.String or SchemaKind.Integer or SchemaKind.Number or SchemaKind.Decimal or SchemaKind.Boolean or SchemaKind.Enum or SchemaKind.Any, "texts, numbers, booleans, enums and free-form values"),
            _ => (true, ""),
        };
        var location = attribute.ApplicationSyntaxReference?.GetSyntax(graph.Cancellation).GetLocation();
        if (!fits)
        {
            graph.Report(Rules.BadConstraint, location, path, $"[{name.Replace("Attribute", "")}] applies to {wanted}.");
        }
        else if (attribute.ConstructorArguments.Any(static argument => argument.Kind == TypedConstantKind.Primitive && argument.Value is double.NaN))
        {
            graph.Report(Rules.BadConstraint, location, path, "a bound must be a number.");
        }
        else if (Contradicts(constraints))
        {
            graph.Report(Rules.BadConstraint, location, path, "the smallest allowed value is larger than the largest.");
        }
        else if (constraints.Allowed.Count > 0 && constraints.Allowed.All(allowed => constraints.Denied.Contains(allowed)))
        {
            graph.Report(Rules.BadConstraint, location, path, "every allowed value is denied.");
        }
        else if (name is "AllowedValuesAttribute" or "DeniedValuesAttribute" && Stranger(type.Kind, name[0] == 'A' ? constraints.Allowed : constraints.Denied) is { } stranger)
        {
            graph.Report(Rules.BadConstraint, location, path, $"{stranger} is no value of its type.");
        }
        else if (name == "RegularExpressionAttribute" && !IsPattern(constraints.Pattern))
        {
            graph.Report(Rules.BadConstraint, location, path, $"\"{constraints.Pattern}\" is no regular expression.");
        }
    }

    /// <summary>The first of several JSON literals that no value of a kind can be.</summary>
    private static string? Stranger(SchemaKind kind, IEnumerable<string> literals) => literals.FirstOrDefault(literal => kind switch
    {
        SchemaKind.String or SchemaKind.Enum => literal[0] != '"',
        SchemaKind.Boolean => literal[0] is not ('t' or 'f'),
        SchemaKind.Integer or SchemaKind.Number or SchemaKind.Decimal => literal[0] != '-' && !char.IsDigit(literal[0]),
        _ => false,
    });

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
        double.MinValue or double.MaxValue or double.NegativeInfinity or double.PositiveInfinity or double.NaN => null,
        double number => Plain(number),
        int number => number.ToString(CultureInfo.InvariantCulture),
        string text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string Plain(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
