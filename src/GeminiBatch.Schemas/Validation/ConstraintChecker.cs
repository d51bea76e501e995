using System.Text.Json;
using GeminiBatch.Runtime;

namespace GeminiBatch;

/// <summary>Checks canonical JSON against the constraints of its descriptor: one machine for answers, values and stored results.</summary>
internal sealed class ConstraintChecker
{
    private const int DepthOfUtf8JsonWriter = 1000;
    private const int LongestFound = 100;

    private readonly SchemaDescriptor _descriptor;
    private readonly FieldRule?[][] _rules;

    public ConstraintChecker(SchemaDescriptor descriptor)
    {
        _descriptor = descriptor;
        _rules = [.. descriptor.Types.Select(static type => type.Fields.Select(static field => field.HasConstraints ? new FieldRule(field) : null).ToArray())];
        HasConstraints = _rules.Any(static rules => rules.Any(static rule => rule is not null));
    }

    /// <summary>Whether there is anything to check beyond null.</summary>
    public bool HasConstraints { get; }

    public IReadOnlyList<AnswerError> Check(ReadOnlyMemory<byte> canonicalJson)
    {
        var errors = new List<AnswerError>();
        using var document = JsonDocument.Parse(canonicalJson, new JsonDocumentOptions { MaxDepth = DepthOfUtf8JsonWriter });
        if (document.RootElement.ValueKind == JsonValueKind.Null)
        {
            AddNull(isAllowed: false, 0, "$", errors);
        }

        Check(0, document.RootElement, "$", errors);
        return errors;
    }

    private static string Shorten(string text) => text.Length <= LongestFound ? text : string.Concat(text.AsSpan(0, LongestFound), "…");

    private void Check(int index, JsonElement value, string path, List<AnswerError> errors)
    {
        var type = _descriptor.Types[index];
        switch (type.Kind)
        {
            case SchemaKind.Object when value.ValueKind == JsonValueKind.Object:
                CheckObject(index, value, path, errors);
                break;
            case SchemaKind.Union when UnionCases.Find(_descriptor, type, value) is { } option:
                Check(option.Type, value, path, errors);
                break;
            case SchemaKind.Array when value.ValueKind == JsonValueKind.Array:
                var position = 0;
                foreach (var item in value.EnumerateArray())
                {
                    CheckItem(type, item, FormattableString.Invariant($"{path}[{position++}]"), errors);
                }

                break;
            case SchemaKind.Map when value.ValueKind == JsonValueKind.Object:
                foreach (var entry in value.EnumerateObject())
                {
                    CheckItem(type, entry.Value, ValuePath.Member(path, entry.Name), errors);
                }

                break;
        }
    }

    private void CheckItem(SchemaNode container, JsonElement item, string path, List<AnswerError> errors)
    {
        if (item.ValueKind == JsonValueKind.Null)
        {
            AddNull(container.ItemNullable, container.ItemType, path, errors);
            return;
        }

        Check(container.ItemType, item, path, errors);
    }

    private void CheckObject(int index, JsonElement value, string path, List<AnswerError> errors)
    {
        var fields = _descriptor.Types[index].Fields;
        for (var i = 0; i < fields.Count; i++)
        {
            var field = fields[i];
            if (!value.TryGetProperty(field.JsonName, out var member))
            {
                continue;
            }

            var memberPath = ValuePath.Member(path, field.JsonName);
            if (member.ValueKind == JsonValueKind.Null)
            {
                AddNull(field.Nullable, field.Type, memberPath, errors);
                continue;
            }

            if (_rules[index][i] is { } rule)
            {
                CheckRule(field, rule, member, memberPath, errors);
            }

            Check(field.Type, member, memberPath, errors);
        }
    }

    private void AddNull(bool isAllowed, int type, string path, List<AnswerError> errors)
    {
        if (!isAllowed && _descriptor.Types[type].Kind != SchemaKind.Any)
        {
            errors.Add(new(AnswerErrorKind.UnexpectedNull, path, $"{path} is null, and the schema has no null there.") { Found = "null" });
        }
    }

    private static void CheckRule(SchemaField field, FieldRule rule, JsonElement value, string path, List<AnswerError> errors)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number when value.TryGetDecimal(out var number) ? !rule.Allows(number) : !rule.Allows(value.GetDouble()):
                Add(RangeWords(field), value.GetRawText());
                break;
            case JsonValueKind.String when !rule.AllowsLength(value.GetString()!.Length):
                Add(LengthWords(field, "characters"), value.GetString()!);
                break;
            case JsonValueKind.String when !rule.AllowsPattern(value.GetString()!):
                Add($"a text that matches {field.Pattern}", value.GetString()!);
                break;
            case JsonValueKind.Array when !rule.AllowsLength(value.GetArrayLength()):
                Add(LengthWords(field, "items"), $"{value.GetArrayLength()} items");
                break;
            case JsonValueKind.Object when !rule.AllowsLength(value.GetPropertyCount()):
                Add(LengthWords(field, "entries"), $"{value.GetPropertyCount()} entries");
                break;
        }

        void Add(string expected, string found)
        {
            var shown = Shorten(found);
            errors.Add(new(AnswerErrorKind.OutOfRange, path, $"{path} is {shown}, but must be {expected}.") { Expected = expected, Found = shown });
        }
    }

    private static string RangeWords(SchemaField field)
    {
        var minimum = field.Minimum is null ? null : (field.MinimumIsExclusive ? "greater than " : "at least ") + field.Minimum;
        var maximum = field.Maximum is null ? null : (field.MaximumIsExclusive ? "less than " : "at most ") + field.Maximum;
        return minimum is null || maximum is null ? minimum ?? maximum ?? "" : $"{minimum} and {maximum}";
    }

    private static string LengthWords(SchemaField field, string unit) => (field.MinLength, field.MaxLength) switch
    {
        ({ } minimum, { } maximum) when minimum == maximum => $"of exactly {minimum} {unit}",
        ({ } minimum, { } maximum) => $"of {minimum} to {maximum} {unit}",
        ({ } minimum, null) => $"of at least {minimum} {unit}",
        _ => $"of at most {field.MaxLength} {unit}",
    };
}
