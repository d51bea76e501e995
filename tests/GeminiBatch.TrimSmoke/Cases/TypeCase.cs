namespace GeminiBatch.TypeCases;

/// <summary>One C# shape that a schema may hold, with an answer that every part of the library must take to and fro.</summary>
/// <param name="CSharp">The shape as it is written.</param>
/// <param name="Schema">The schema of a record whose only member has the shape, or of the shape itself.</param>
/// <param name="IsRoot">Whether the shape is the whole answer.</param>
/// <param name="Check">Parses, validates, compares and writes the answer; gives what is wrong, or null.</param>
internal sealed record TypeCase(string CSharp, ExtractionSchema Schema, bool IsRoot, Func<string?> Check)
{
    public static TypeCase Member<T>(string csharp, ExtractionSchema<T> schema, string json) => new(csharp, schema, false, () => RoundTrip(schema, $$"""{"value":{{json}}}"""));

    public static TypeCase Root<T>(string csharp, ExtractionSchema<T> schema, string json) => new(csharp, schema, true, () => RoundTrip(schema, json));

    private static string? RoundTrip<T>(ExtractionSchema<T> schema, string json)
    {
        var answer = schema.Parse(json);
        if (answer.Status != AnswerStatus.Exact || answer.Value is not { } value)
        {
            return $"{json} was read as {answer.Status}: {string.Join(" ", answer.Errors.Select(static error => $"{error.Path} {error.Message}"))}";
        }

        var written = schema.Write(value);
        var messy = schema.Parse($"Here it is:\n```json\n{json}\n```");
        return written != json ? $"{json} was written as {written}"
            : !schema.Comparer.Equals(value, schema.Parse(written).Value) ? $"{json} was not read as the same value again"
            : schema.Validate(value) is [var first, ..] ? $"{json} is not valid: {first.Path} {first.Message}"
            : schema.ResponseMimeType == "application/json" && (messy.Value is null || !schema.Comparer.Equals(value, messy.Value)) ? $"{json} in a fence was read as {messy.Status}"
            : null;
    }
}
