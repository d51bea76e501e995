using System.Globalization;
using System.Text.Json;

namespace GeminiBatch.Conformance;

/// <summary>Equality of JSON by value: numbers by size, members in any order.</summary>
internal sealed class JsonEquality
{
    /// <summary>Without a schema: a missing member is not a null one.</summary>
    public static readonly JsonEquality Exact = new(static _ => false);

    /// <summary>Of typed values, which do not tell a missing member from a null one.</summary>
    public static readonly JsonEquality Typed = new(static value => value.ValueKind == JsonValueKind.Null);

    /// <summary>Of unfinished values: what has not come yet is missing, null or empty.</summary>
    public static readonly JsonEquality Partial = new(static value => value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    });

    /// <summary>What a union in C# adds to tell its cases apart, and no suite expects.</summary>
    private const string Discriminator = "$type";

    private readonly Func<JsonElement, bool> _isNothing;

    private JsonEquality(Func<JsonElement, bool> isNothing) => _isNothing = isNothing;

    /// <summary>The first difference, with its path; null when there is none.</summary>
    public string? Difference(JsonElement expected, JsonElement actual, string path = "$")
    {
        if (_isNothing(expected) && _isNothing(actual))
        {
            return null;
        }

        return (expected.ValueKind, actual.ValueKind) switch
        {
            (JsonValueKind.Object, JsonValueKind.Object) => Members(expected, actual, path),
            (JsonValueKind.Array, JsonValueKind.Array) => Items(expected, actual, path),
            (JsonValueKind.Number, JsonValueKind.Number) => IsSameNumber(expected, actual) ? null : Differs(expected, actual, path),
            (JsonValueKind.String, JsonValueKind.String) => expected.GetString() == actual.GetString() ? null : Differs(expected, actual, path),
            var (one, other) => one == other ? null : Differs(expected, actual, path),
        };
    }

    private string? Members(JsonElement expected, JsonElement actual, string path)
    {
        foreach (var name in expected.EnumerateObject().Concat(actual.EnumerateObject()).Select(member => member.Name).Distinct(StringComparer.Ordinal))
        {
            var at = $"{path}.{name}";
            var difference = (expected.TryGetProperty(name, out var wanted), actual.TryGetProperty(name, out var found)) switch
            {
                (true, true) => Difference(wanted, found, at),
                (true, false) => _isNothing(wanted) ? null : $"{at}: {Short(wanted)} is missing",
                _ => _isNothing(found) || name == Discriminator ? null : $"{at}: {Short(found)} is too much",
            };
            if (difference is not null)
            {
                return difference;
            }
        }

        return null;
    }

    private string? Items(JsonElement expected, JsonElement actual, string path)
    {
        if (expected.GetArrayLength() != actual.GetArrayLength())
        {
            return string.Create(CultureInfo.InvariantCulture, $"{path}: {expected.GetArrayLength()} items were expected and {actual.GetArrayLength()} found");
        }

        return expected.EnumerateArray().Zip(actual.EnumerateArray())
            .Select((pair, index) => Difference(pair.First, pair.Second, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]")))
            .FirstOrDefault(difference => difference is not null);
    }

    private static bool IsSameNumber(JsonElement expected, JsonElement actual) =>
        expected.GetRawText() == actual.GetRawText()
        || (expected.TryGetDecimal(out var one) && actual.TryGetDecimal(out var other) ? one == other
            : expected.TryGetDouble(out var near) && actual.TryGetDouble(out var same) && near.Equals(same));

    private static string Differs(JsonElement expected, JsonElement actual, string path) => $"{path}: {Short(expected)} was expected and {Short(actual)} found";

    private static string Short(JsonElement value) => value.GetRawText() is { Length: > 120 } text ? text[..120] + "…" : value.GetRawText();
}
