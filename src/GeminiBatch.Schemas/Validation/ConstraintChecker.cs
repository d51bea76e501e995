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
    private readonly FieldRule?[] _itemRules;

    public ConstraintChecker(SchemaDescriptor descriptor)
    {
        _descriptor = descriptor;
        _rules = [.. descriptor.Types.Select(static type => type.Fields.Select(FieldRule.Of).ToArray())];
        _itemRules = [.. descriptor.Types.Select(static type => FieldRule.Of(type.ItemRules))];
        HasConstraints = _rules.SelectMany(static rules => rules).Concat(_itemRules).Any(static rule => rule is not null);
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
                    CheckItem(index, item, FormattableString.Invariant($"{path}[{position++}]"), errors);
                }

                break;
            case SchemaKind.Map when value.ValueKind == JsonValueKind.Object:
                foreach (var entry in value.EnumerateObject())
                {
                    CheckItem(index, entry.Value, ValuePath.Member(path, entry.Name), errors);
                }

                break;
        }
    }

    private void CheckItem(int index, JsonElement item, string path, List<AnswerError> errors)
    {
        var container = _descriptor.Types[index];
        if (item.ValueKind == JsonValueKind.Null)
        {
            AddNull(container.ItemNullable, container.ItemType, path, errors);
            return;
        }

        CheckRule(_itemRules[index], item, path, errors);
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

            CheckRule(_rules[index][i], member, memberPath, errors);
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

    private static void CheckRule(FieldRule? rule, JsonElement value, string path, List<AnswerError> errors)
    {
        if (rule?.Broken(value) is { } expected)
        {
            var found = value.ValueKind switch
            {
                JsonValueKind.String => Shorten(value.GetString()!),
                JsonValueKind.Array => $"{value.GetArrayLength()} items",
                JsonValueKind.Object => $"{value.GetPropertyCount()} entries",
                _ => Shorten(value.GetRawText()),
            };
            errors.Add(new(AnswerErrorKind.OutOfRange, path, $"{path} is {found}, but must be {expected}.") { Expected = expected, Found = found });
        }
    }
}
