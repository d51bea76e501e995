using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GeminiBatch.Runtime;

/// <summary>The constraints of one field, ready to be checked.</summary>
internal sealed class FieldRule
{
    private readonly SchemaField _field;
    private readonly decimal? _minimum;
    private readonly decimal? _maximum;
    private readonly double? _binaryMinimum;
    private readonly double? _binaryMaximum;
    private readonly decimal? _step;
    private readonly TextPattern? _pattern;
    private readonly HashSet<string>? _allowed;
    private readonly HashSet<string>? _denied;

    private FieldRule(SchemaField field)
    {
        _field = field;
        _minimum = Parse(field.Minimum);
        _maximum = Parse(field.Maximum);
        _binaryMinimum = ParseDouble(field.Minimum);
        _binaryMaximum = ParseDouble(field.Maximum);
        _step = Parse(field.MultipleOf);
        _pattern = field.Pattern is null ? null : new TextPattern(field.Pattern);
        _allowed = Values(field.AllowedValues);
        _denied = Values(field.DeniedValues);
    }

    /// <returns>The rule; null where every value is allowed.</returns>
    public static FieldRule? Of(SchemaField? field) => field is { HasConstraints: true } ? new FieldRule(field) : null;

    /// <summary>Whether a strict JSON value is allowed; null is.</summary>
    public bool Allows(ReadOnlySpan<byte> json)
    {
        if (json[0] == 'n')
        {
            return true;
        }

        if (_allowed is null && _denied is null)
        {
            if (json[0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9') && decimal.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                return Allows(number);
            }

            if (json[0] == '"' && json.IndexOf((byte)'\\') < 0)
            {
                return BrokenByText(Encoding.UTF8.GetString(json[1..^1])) is null;
            }
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1000 });
        return Broken(JsonElement.ParseValue(ref reader)) is null;
    }

    /// <summary>What a value that is not null must be and is not, in words; null when it is.</summary>
    public string? Broken(JsonElement value)
    {
        var broken = value.ValueKind switch
        {
            JsonValueKind.Number => AllowsNumber(value) ? null : RuleWords.Range(_field),
            JsonValueKind.String => BrokenByText(value.GetString()!),
            JsonValueKind.Array => AllowsLength(value.GetArrayLength()) ? null : RuleWords.Length(_field, "items"),
            JsonValueKind.Object => AllowsLength(value.GetPropertyCount()) ? null : RuleWords.Length(_field, "entries"),
            _ => null,
        };
        return broken
            ?? (_allowed?.Contains(Comparable(value)) == false ? "one of " + RuleWords.List(_field.AllowedValues) : null)
            ?? (_denied?.Contains(Comparable(value)) == true ? "none of " + RuleWords.List(_field.DeniedValues) : null);
    }

    private string? BrokenByText(string text) =>
        !AllowsLength(text.Length) ? RuleWords.Length(_field, "characters")
        : _pattern?.Matches(text) == false ? $"a text that matches {_field.Pattern}"
        : !TextForms.Has(text, _field.TextForm) ? RuleWords.Form(_field.TextForm)
        : null;

    private bool AllowsLength(int length) =>
        (_field.MinLength is not { } minimum || length >= minimum) && (_field.MaxLength is not { } maximum || length <= maximum);

    private bool AllowsNumber(JsonElement value) => value.TryGetDecimal(out var number)
        ? Allows(number)
        : IsWithin(value.GetDouble(), _binaryMinimum, _binaryMaximum);

    private bool Allows(decimal number) => IsWithin(number, _minimum, _maximum) && (_step is not { } step || step == 0 || number % step == 0);

    private bool IsWithin<T>(T value, T? least, T? most)
        where T : struct, IComparable<T> =>
        (least is not { } minimum || value.CompareTo(minimum) is var below && (below > 0 || (below == 0 && !_field.MinimumIsExclusive)))
        && (most is not { } maximum || value.CompareTo(maximum) is var above && (above < 0 || (above == 0 && !_field.MaximumIsExclusive)));

    private static HashSet<string>? Values(IReadOnlyList<string> json)
    {
        if (json.Count == 0)
        {
            return null;
        }

        var values = new HashSet<string>(StringComparer.Ordinal);
        foreach (var value in json)
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(value));
            values.Add(Comparable(JsonElement.ParseValue(ref reader)));
        }

        return values;
    }

    /// <summary>A text that is equal for equal values: 1 and 1.0 are one number.</summary>
    private static string Comparable(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "\"" + value.GetString(),
        JsonValueKind.Number when value.TryGetDecimal(out var number) => (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture),
        _ => value.GetRawText(),
    };

    private static decimal? Parse(string? number) =>
        decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static double? ParseDouble(string? number) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
