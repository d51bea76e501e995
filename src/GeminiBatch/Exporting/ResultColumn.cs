using System.Globalization;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>One column of a flat export: its name, its type in .NET, and how it is read from a result and the JSON of its value.</summary>
internal sealed record ResultColumn(string Name, Type Type, Func<ExtractionResult, JsonElement, object?> ValueOf, Func<ExtractionResult, JsonElement, string?> CellOf)
{
    public static ResultColumn Text(string name, Func<ExtractionResult, string?> valueOf) =>
        new(name, typeof(string), (result, _) => valueOf(result), (result, _) => valueOf(result) is { } text ? CsvRow.Text(text) : null);

    public static ResultColumn Number<T>(string name, Func<ExtractionResult, T?> valueOf)
        where T : struct, IFormattable =>
        new(name, typeof(T), (result, _) => valueOf(result), (result, _) => valueOf(result)?.ToString(null, CultureInfo.InvariantCulture));

    public static ResultColumn OfField(FlatField field) => new(field.Name, TypeOf(field), (_, root) => root.ValueKind == JsonValueKind.Undefined ? null : Convert(field, field.In(root)), (_, root) => field.CellOf(root));

    /// <param name="name">The name in the documents' metadata.</param>
    /// <param name="type">What all documents have of that name: <c>integer</c>, <c>true</c> or <c>false</c>; anything else is read as text.</param>
    public static ResultColumn OfMetadata(string name, string type) => new(
        "metadata." + name,
        type switch { "integer" => typeof(long), "true" or "false" => typeof(bool), _ => typeof(string) },
        (result, _) => MetadataOf(result, name) is { } value
            ? type switch { "integer" => value.AsInteger, "true" or "false" => value.AsBoolean, _ => value.AsText ?? value.ToJson() }
            : null,
        (result, _) => MetadataOf(result, name) is { } value ? value.AsText is { } text ? CsvRow.Text(text) : value.ToJson() : null);

    private static MetadataValue? MetadataOf(ExtractionResult result, string name) =>
        result.Metadata.TryGetValue(name, out var value) && value.Kind != MetadataValueKind.None ? value : (MetadataValue?)null;

    private static Type TypeOf(FlatField field) => field.Kind switch
    {
        SchemaKind.Boolean => typeof(bool),
        SchemaKind.Integer => field.IntegerType,
        SchemaKind.Number => typeof(double),
        SchemaKind.Decimal => typeof(decimal),
        SchemaKind.Date => typeof(DateTime),
        SchemaKind.Time => typeof(TimeSpan),
        SchemaKind.DateTimeOffset => typeof(DateTimeOffset),
        SchemaKind.Guid => typeof(Guid),
        _ => typeof(string),
    };

    private static object? Convert(FlatField field, JsonElement value)
    {
        if (field.IsPresence)
        {
            return value.ValueKind == JsonValueKind.Object;
        }

        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        var culture = CultureInfo.InvariantCulture;
        return field.Kind switch
        {
            SchemaKind.Boolean => value.GetBoolean(),
            SchemaKind.Integer when field.IntegerType == typeof(decimal) => decimal.Parse(text, NumberStyles.AllowLeadingSign, culture),
            SchemaKind.Integer when field.IntegerType == typeof(string) => text,
            SchemaKind.Integer => long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var number)
                ? number
                : throw new OverflowException($"'{field.Name}' is {text}, which does not fit 64 bits with a sign. Read it from JSON lines or CSV."),
            SchemaKind.Number => double.Parse(text, NumberStyles.Float, culture),
            SchemaKind.Decimal => decimal.Parse(text, NumberStyles.Float, culture),
            SchemaKind.Date => DateOnly.Parse(text, culture).ToDateTime(TimeOnly.MinValue),
            SchemaKind.Time => TimeOnly.Parse(text, culture).ToTimeSpan(),
            SchemaKind.DateTimeOffset => DateTimeOffset.Parse(text, culture, DateTimeStyles.RoundtripKind),
            SchemaKind.Guid => System.Guid.Parse(text),
            _ => field.IsText ? text : value.GetRawText(),
        };
    }
}
