using System.Text;
using System.Text.Json;
using GeminiBatch.Runtime;

namespace GeminiBatch;

/// <summary>The allowed values of a text or of a free-form value, made ready once for comparing them with what an answer says.</summary>
internal sealed class AllowedTexts
{
    private const int LongestLiteral = 64;

    private readonly FieldRule _rule;
    private readonly EnumTexts _texts;
    private readonly (byte[] Json, FieldRule Rule)[] _literals;

    private AllowedTexts(SchemaField field, SchemaKind kind)
    {
        _rule = RuleOf(field.AllowedValues);
        JsonElement[] values = [.. field.AllowedValues.Distinct(StringComparer.Ordinal).Select(static json => JsonElement.Parse(json))];
        _texts = new EnumTexts([.. values.Where(static value => value.ValueKind == JsonValueKind.String).Select(static value => new SchemaEnumValue(value.GetString()!))]);

        // Numbers and booleans are known by their value alone, and are no values of a text.
        _literals = kind == SchemaKind.String ? [] : [.. values.Where(static value => value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            .Select(static value => (Encoding.UTF8.GetBytes(value.GetRawText()), RuleOf([value.GetRawText()])))];
    }

    /// <returns>The values; null where any value is allowed, or where the type itself says how its values are written.</returns>
    public static AllowedTexts? Of(SchemaField field, SchemaKind kind) =>
        field.AllowedValues.Count > 0 && kind is SchemaKind.String or SchemaKind.Any ? new AllowedTexts(field, kind) : null;

    public bool Contains(ReadOnlySpan<byte> json) => _rule.Allows(json);

    /// <summary>The JSON of the value that a text stands for; empty when none or several fit.</summary>
    public ReadOnlySpan<byte> Find(ReadOnlySpan<byte> text, bool sentences)
    {
        int exact = _texts.Exact(text);
        if (exact < 0 && FindLiteral(WhiteSpace.Trim(text)) is { } literal)
        {
            return literal;
        }

        // Texts of which some are allowed are often codes, of which the next one is another code: no slip of the pen is mended in them.
        int value = exact >= 0 ? exact : EnumMatch.Find(_texts, Encoding.UTF8.GetString(text), sentences, slips: false).Value;
        return value < 0 ? default : CanonicalWriter.Quoted(_texts.Values[value].JsonName);
    }

    private byte[]? FindLiteral(ReadOnlySpan<byte> text)
    {
        if (_literals.Length == 0 || text.Length is 0 or > LongestLiteral)
        {
            return null;
        }

        Span<byte> lower = stackalloc byte[LongestLiteral];
        lower = lower[..text.Length];
        _ = Ascii.ToLower(text, lower, out _);
        bool isLiteral = NumberText.IsJson(text) || lower.SequenceEqual("true"u8) || lower.SequenceEqual("false"u8);
        foreach ((byte[] json, FieldRule rule) in isLiteral ? _literals : [])
        {
            if (rule.Allows(lower))
            {
                return json;
            }
        }

        return null;
    }

    private static FieldRule RuleOf(IReadOnlyList<string> values) => FieldRule.Of(new SchemaField("", -1) { AllowedValues = values })!;
}
