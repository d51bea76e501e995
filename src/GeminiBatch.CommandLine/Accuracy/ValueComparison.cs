using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Compares two scalars by what they mean, not by how they are written: 12.5 is 12.50, and a line break is a blank.</summary>
internal static class ValueComparison
{
    public static bool AreEqual(SchemaNode type, JsonElement expected, JsonElement actual)
    {
        if (IsNothing(expected) || IsNothing(actual))
        {
            return IsNothing(expected) && IsNothing(actual);
        }

        return type.Kind switch
        {
            SchemaKind.Integer or SchemaKind.Number or SchemaKind.Decimal => Numbers(expected, actual),
            SchemaKind.Enum => EnumName(type, expected) == EnumName(type, actual),
            SchemaKind.Date => Parsed(expected, actual, static text => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value.Date : (DateTime?)null),
            SchemaKind.DateTime => Parsed(expected, actual, static text => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var value) ? value : (DateTime?)null),
            SchemaKind.DateTimeOffset => Parsed(expected, actual, static text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value) ? value : (DateTimeOffset?)null),
            SchemaKind.Time => Parsed(expected, actual, static text => TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : (TimeOnly?)null),
            SchemaKind.Guid => Parsed(expected, actual, static text => Guid.TryParse(text, out var value) ? value : (Guid?)null),
            SchemaKind.Boolean => expected.ValueKind == actual.ValueKind || Fold(expected).Equals(Fold(actual), StringComparison.OrdinalIgnoreCase),
            SchemaKind.Map or SchemaKind.Any => JsonElement.DeepEquals(expected, actual),
            _ => Fold(expected) == Fold(actual),
        };
    }

    /// <summary>The text without surrounding blanks, every run of white space as one blank, in composed form.</summary>
    public static string Fold(JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        var folded = new StringBuilder(text.Length);
        foreach (var part in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            folded.Append(folded.Length == 0 ? "" : " ").Append(part);
        }

        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    private static bool IsNothing(JsonElement value) => value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    private static bool Numbers(JsonElement expected, JsonElement actual)
    {
        var (left, right) = (Fold(expected), Fold(actual));
        return decimal.TryParse(left, NumberStyles.Float, CultureInfo.InvariantCulture, out var exactLeft)
            && decimal.TryParse(right, NumberStyles.Float, CultureInfo.InvariantCulture, out var exactRight)
                ? exactLeft == exactRight
                : double.TryParse(left, NumberStyles.Float, CultureInfo.InvariantCulture, out var binaryLeft)
                    && double.TryParse(right, NumberStyles.Float, CultureInfo.InvariantCulture, out var binaryRight)
                    && binaryLeft.Equals(binaryRight);
    }

    private static bool Parsed<TValue>(JsonElement expected, JsonElement actual, Func<string, TValue?> parse)
        where TValue : struct
    {
        var (left, right) = (Fold(expected), Fold(actual));
        return left == right || (parse(left) is { } value && parse(right) is { } other && value.Equals(other));
    }

    private static string EnumName(SchemaNode type, JsonElement value)
    {
        var text = Fold(value);
        foreach (var entry in type.EnumValues)
        {
            if (entry.Aliases.Prepend(entry.MemberName).Prepend(entry.JsonName).Any(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)))
            {
                return entry.JsonName;
            }
        }

        return text;
    }
}
