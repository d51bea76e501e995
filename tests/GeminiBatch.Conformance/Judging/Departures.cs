using System.Text;
using System.Text.Json;

namespace GeminiBatch.Conformance;

/// <summary>
/// The reviewed list of deliberate departures. A rule looks at what was read and what was expected, never at the id of a case, and is
/// asked only about cases that did not pass.
/// </summary>
internal static class Departures
{
    private static readonly Departure[] All =
    [
        new("streaming", "Values that grow while they are received are no part of this library; a text cut anywhere is (mode partial).",
            result => result.Case.Mode == "streaming"),
        new("foreign-options", "The case sets an option of the suite's own tool that has no counterpart here.",
            result => result.Case.HasOptions),
        new("nothing-invented", "A required value that is missing or null is an error with its path. The suite fills in null, zero or something empty.",
            result => result.Answer is { Errors.Count: > 0 } answer && !result.Case.ShouldFail
                && answer.Errors.All(error => error.Kind is AnswerErrorKind.MissingRequired or AnswerErrorKind.UnexpectedNull && IsEmptyAt(result.Case.Expected, error.Path))),
        new("own-name-counts", "A field's or value's own name is always read, beside its other names. The suite reads the other name alone.",
            result => result is { Case: { Schema: { } schema } one, Answer: { Succeeded: true, Value: { } value } }
                && (one.ShouldFail || IsLonger(value, one.Expected))
                && OwnNames(value).Intersect(SchemaAliases.NamesWithAliases(schema), StringComparer.Ordinal).Any(name => Text(one).Contains(name, StringComparison.Ordinal))),
        new("text-is-json", "Where a text is asked for, an answer that is written as a JSON string is read as one. The suite keeps its quotes and escapes.",
            result => result is { Case: { Origin: "baml", ShouldFail: false, Expected.ValueKind: JsonValueKind.String } one, Answer.Value: { ValueKind: JsonValueKind.String } value }
                && one.Expected.GetString() == Text(one) && Text(one) is ['"', .. var quoted] && value.GetString() == (quoted.EndsWith('"') ? quoted[..^1] : quoted)),
        new("two-readings", "A text that names two values of a union of literals equally often is an error that names both. The suite takes the first, although it fails for an enum.",
            result => result is { Case: { Origin: "baml", ShouldFail: false, Schema: { } schema, Expected.ValueKind: JsonValueKind.String } one, Answer.Errors: [{ Kind: AnswerErrorKind.AmbiguousValue } error] }
                && schema.Contains("\"const\"", StringComparison.Ordinal) && error.Message.Contains($"can mean {one.Expected.GetString()} or ", StringComparison.Ordinal)),
        new("nothing-lost", "A value that stands in the answer under the field's own name is read. The suite loses it and reads null.",
            result => result is { Case: { ShouldFail: false, Origin: "baml" } one, Answer: { Succeeded: true, Value: { ValueKind: JsonValueKind.Object } value } }
                && one.Expected.ValueKind == JsonValueKind.Object && HoldsMore(value, one)),
        new("bare-value", "A single word, number or string is a value, as jsonrepair has it. json_repair calls it no JSON; the suites contradict each other.",
            result => result is { Case.ExpectsNothing: true, Answer.Value.ValueKind: not (JsonValueKind.Object or JsonValueKind.Array) }),
        new("never-gives-up", "What can be read of a text is read, and the report says what was left over. jsonrepair refuses text behind the JSON and what it cannot mend in place.",
            result => result is { Case: { Origin: "jsonrepair", ShouldFail: true }, Answer.Status: not AnswerStatus.Exact }),
    ];

    public static Departure? Find(CaseResult result) => Array.Find(All, departure => departure.Covers(result));

    private static bool IsLonger(JsonElement value, JsonElement expected) =>
        value.ValueKind == JsonValueKind.Array && expected.ValueKind == JsonValueKind.Array && value.GetArrayLength() > expected.GetArrayLength();

    private static string Text(ConformanceCase one) => Encoding.UTF8.GetString(one.Input.Span);

    /// <summary>Whether the value is the expected one, but for texts of the answer where null is expected.</summary>
    private static bool HoldsMore(JsonElement value, ConformanceCase one) => value.EnumerateObject().All(member =>
        one.Expected.TryGetProperty(member.Name, out var expected)
        && (JsonEquality.Typed.Difference(expected, member.Value) is null
            || (expected.ValueKind == JsonValueKind.Null && member.Value.ValueKind == JsonValueKind.String
                && Encoding.UTF8.GetString(one.Input.Span).Contains($"\"{member.Name}\": \"{member.Value.GetString()}\"", StringComparison.Ordinal))));

    /// <summary>The names that the schema itself gives to what was read.</summary>
    private static IEnumerable<string> OwnNames(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Object => value.EnumerateObject().Select(member => member.Name),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(OwnNames),
        _ => [],
    };

    /// <summary>Whether a value is expected at a path that stands for no value.</summary>
    private static bool IsEmptyAt(JsonElement expected, string path) => ValueAt(expected, path) is { } value && value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.String => value.GetString()!.Length == 0,
        JsonValueKind.Number => value.TryGetDecimal(out var number) && number == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };

    private static JsonElement? ValueAt(JsonElement value, string path)
    {
        foreach (var step in path.Split(['$', '.', '[', ']', '\''], StringSplitOptions.RemoveEmptyEntries))
        {
            if (value.ValueKind == JsonValueKind.Array && int.TryParse(step, out var index) && index < value.GetArrayLength())
            {
                value = value[index];
            }
            else if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(step, out value))
            {
                return null;
            }
        }

        return value;
    }
}
