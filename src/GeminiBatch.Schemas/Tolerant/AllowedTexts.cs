using System.Text;
using System.Text.Json;
using GeminiBatch.Runtime;

namespace GeminiBatch;

/// <summary>The allowed values of a text or of a free-form value, made ready once for comparing them with what an answer says.</summary>
internal sealed class AllowedTexts
{
    private readonly FieldRule _rule;
    private readonly byte[][] _json;

    private AllowedTexts(SchemaField field)
    {
        _rule = FieldRule.Of(new SchemaField(field.JsonName, field.Type) { AllowedValues = field.AllowedValues })!;
        _json = [.. field.AllowedValues.Select(Encoding.UTF8.GetBytes)];
        Texts = new EnumTexts([.. field.AllowedValues.Select(static json => new SchemaEnumValue(TextOf(json)))]);
    }

    /// <returns>The values; null where any value is allowed, or where the type itself says how its values are written.</returns>
    public static AllowedTexts? Of(SchemaField field, SchemaKind kind) =>
        field.AllowedValues.Count > 0 && kind is SchemaKind.String or SchemaKind.Any ? new AllowedTexts(field) : null;

    /// <summary>The values as texts, texts without their quotes.</summary>
    public EnumTexts Texts { get; }

    public ReadOnlySpan<byte> JsonOf(int value) => _json[value];

    public bool Contains(ReadOnlySpan<byte> json) => _rule.Allows(json);

    private static string TextOf(string json)
    {
        using var value = JsonDocument.Parse(json);
        return value.RootElement.ValueKind == JsonValueKind.String ? value.RootElement.GetString()! : value.RootElement.GetRawText();
    }
}
