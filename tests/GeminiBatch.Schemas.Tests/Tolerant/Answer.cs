using System.Globalization;
using System.Text;

namespace GeminiBatch.Schemas.Tests.Tolerant;

/// <summary>Short forms for reading answers in tests.</summary>
internal static class Answer
{
    public static AnswerReading Read(SchemaDescriptor schema, string text, ParseOptions? options = null) =>
        TolerantReader.Read(Encoding.UTF8.GetBytes(text), schema, options ?? ParseOptions.Default);

    public static string Json(this AnswerReading reading) => Encoding.UTF8.GetString(reading.CanonicalJson.Span);

    public static IEnumerable<AnswerRepairKind> Kinds(this AnswerReading reading) => reading.Repairs.Select(static repair => repair.Kind);

    /// <summary>Reads {"v": value} and gives what v is in canonical JSON.</summary>
    public static string Value(SchemaDescriptor schema, string value, string? culture = null)
    {
        AnswerReading reading = Read(schema, $$"""{"v": {{value}}}""", new ParseOptions { Culture = culture is null ? null : CultureInfo.GetCultureInfo(culture) });
        Assert.True(reading.Succeeded, string.Join(' ', reading.Errors));
        string json = reading.Json();
        return json["{\"v\":".Length..^1];
    }

    /// <summary>Reads {"v": value}, which must fail, and gives the error.</summary>
    public static AnswerError Error(SchemaDescriptor schema, string value)
    {
        AnswerReading reading = Read(schema, $$"""{"v": {{value}}}""");
        Assert.False(reading.Succeeded);
        return Assert.Single(reading.Errors);
    }
}
