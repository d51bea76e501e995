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
        new("nothing-invented", "A required value that is missing or null is an error with its path. The suite fills in an empty list, an empty map or null.",
            result => result.Answer is { Errors.Count: > 0 } answer && !result.Case.ShouldFail
                && answer.Errors.All(error => error.Kind is AnswerErrorKind.MissingRequired or AnswerErrorKind.UnexpectedNull && IsEmptyAt(result.Case.Expected, error.Path))),
    ];

    public static Departure? Find(CaseResult result) => Array.Find(All, departure => departure.Covers(result));

    /// <summary>Whether a value is expected at a path that stands for no value.</summary>
    private static bool IsEmptyAt(JsonElement expected, string path) => ValueAt(expected, path) is { } value && value.ValueKind switch
    {
        JsonValueKind.Null => true,
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
