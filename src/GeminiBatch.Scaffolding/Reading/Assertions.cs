using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GeminiBatch.Scaffolding;

/// <summary>Assertions that schemas of BAML carry as expressions; those that are plain comparisons become rules of the schema.</summary>
internal static partial class Assertions
{
    /// <summary>Makes an expression a rule of a schema.</summary>
    /// <returns>Whether the schema has a rule that says the same.</returns>
    public static bool TryApply(SchemaNode node, string expression)
    {
        if (Comparison().Match(expression) is not { Success: true } match)
        {
            return false;
        }

        var (ofLength, sign, text) = (match.Groups["length"].Success, match.Groups["sign"].Value, match.Groups["text"]);
        if (text.Success)
        {
            return !ofLength && sign == "==" && Choose(node, text.Value);
        }

        var isNumber = decimal.TryParse(match.Groups["number"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound);
        return isNumber && (ofLength ? BoundLength(node, sign, bound) : (node.ImpliedTypes & JsonTypes.Numeric) != 0 && BoundValue(node, sign, bound));
    }

    private static bool Choose(SchemaNode node, string text)
    {
        var chosen = node.Literals?.FindAll(literal => literal.Value.ValueKind == JsonValueKind.String && literal.Value.GetString() == text);
        if (chosen is not { Count: > 0 })
        {
            return false;
        }

        node.Literals = chosen;
        return true;
    }

    private static bool BoundValue(SchemaNode node, string sign, decimal bound)
    {
        if (sign is ">" or ">=" or "==" && !(node.Minimum > bound))
        {
            (node.Minimum, node.MinimumIsExclusive) = (bound, sign == ">" || (node.Minimum == bound && node.MinimumIsExclusive));
        }

        if (sign is "<" or "<=" or "==" && !(node.Maximum < bound))
        {
            (node.Maximum, node.MaximumIsExclusive) = (bound, sign == "<" || (node.Maximum == bound && node.MaximumIsExclusive));
        }

        return true;
    }

    private static bool BoundLength(SchemaNode node, string sign, decimal bound)
    {
        var least = sign switch { ">" => decimal.Floor(bound) + 1, ">=" or "==" => decimal.Ceiling(bound), _ => 0 };
        var most = sign switch { "<" => decimal.Ceiling(bound) - 1, "<=" or "==" => decimal.Floor(bound), _ => int.MaxValue };
        if (least is < 0 or > int.MaxValue || most is < 0 or > int.MaxValue)
        {
            return false;
        }

        var (minimum, maximum) = (least > 0 ? (int)least : (int?)null, most < int.MaxValue ? (int)most : (int?)null);
        switch (node.ImpliedTypes)
        {
            case JsonTypes.String: (node.MinLength, node.MaxLength) = (minimum ?? node.MinLength, maximum ?? node.MaxLength); return true;
            case JsonTypes.Array: (node.MinItems, node.MaxItems) = (minimum ?? node.MinItems, maximum ?? node.MaxItems); return true;
            case JsonTypes.Object when node.Properties.Count == 0: (node.MinProperties, node.MaxProperties) = (minimum ?? node.MinProperties, maximum ?? node.MaxProperties); return true;
            default: return false;
        }
    }

    [GeneratedRegex("""^\s*this\s*(?<length>\|\s*length)?\s*(?<sign><=|>=|==|<|>)\s*(?:(?<number>-?\d+(?:\.\d+)?)|"(?<text>[^"\\]*)"|'(?<text>[^'\\]*)')\s*$""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Comparison();
}
