using System.Globalization;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Puts a value that was found into the form that a schema asks for; null where it does not fit.</summary>
internal static class ValueShaper
{
    public static JsonNode? Number(decimal? value, AnswerSchema schema) => value is not { } number ? null
        : schema.Type == "string" ? number.ToString(CultureInfo.InvariantCulture)
        : schema.Type == "integer" ? (number == decimal.Truncate(number) ? JsonValue.Create(decimal.ToInt64(number)) : null)
        : JsonValue.Create(number / 1.0000000000000000000000000000m);

    public static JsonNode? Date(DateOnly? value, AnswerSchema schema) => value is not { } date ? null
        : date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + (schema.Format == "date-time" ? "T00:00:00Z" : "");

    public static JsonNode? Shape(string text, AnswerSchema schema, DocumentPage page)
    {
        if (schema.Values.Count > 0)
        {
            return EnumChooser.Choose(schema, text, text);
        }

        switch (schema.Type)
        {
            case "number" or "integer":
                return Number(page.Amounts.ReadOne(page.Dates.Blank(text)), schema);
            case "boolean":
                return GenericReader.ReadFlag(text) is { } flag ? flag : null;
            case "string" when schema.Format?.StartsWith("date", StringComparison.Ordinal) == true:
                return page.Dates.Read(text) is [var date, ..] ? Date(date.Date, schema) : null;
            default:
                return text;
        }
    }
}
