using System.Text.Json;

namespace GeminiBatch;

/// <summary>Counts, field by field, where extracted values are what the ground truth says. Lists are compared in order.</summary>
internal sealed class AccuracyTally(SchemaDescriptor schema)
{
    private readonly Dictionary<string, FieldAccuracy> _fields = new(StringComparer.Ordinal);
    private long _misses;

    /// <summary>The compared fields in the schema's order.</summary>
    public IEnumerable<FieldAccuracy> Fields => _fields.Values;

    public long DocumentsCompared { get; private set; }

    /// <summary>Documents of which every compared field matched.</summary>
    public long DocumentsRight { get; private set; }

    /// <summary>Documents that have ground truth and failed: they have no value to compare.</summary>
    public long DocumentsFailed { get; private set; }

    /// <summary>Ground truth that could not be read, or of which no name is known to the schema.</summary>
    public IList<string> Unusable { get; } = [];

    public long Matched => _fields.Values.Sum(static tallied => tallied.Matched);

    public long Compared => _fields.Values.Sum(static tallied => tallied.Compared);

    public void AddFailed() => DocumentsFailed++;

    public void AddUnusable(string reason) => Unusable.Add(reason);

    /// <summary>Compares one document's value, in canonical JSON, with its ground truth.</summary>
    public void Add(string documentId, JsonElement truth, JsonElement value)
    {
        if (truth.ValueKind == JsonValueKind.Array && truth.GetArrayLength() > 0)
        {
            truth = truth[0];
        }

        if (truth.ValueKind != JsonValueKind.Object || !GroundTruthName.AnyOf(schema.Root, truth))
        {
            AddUnusable($"the ground truth of '{documentId}' has no field of the schema '{schema.Name}'");
            return;
        }

        _misses = 0;
        CompareObject(documentId, schema.Root, truth, value, "");
        DocumentsCompared++;
        DocumentsRight += _misses == 0 ? 1 : 0;
    }

    private void CompareObject(string documentId, SchemaNode type, JsonElement truth, JsonElement value, string prefix)
    {
        foreach (var field in type.Fields)
        {
            if (!GroundTruthName.TryFind(field, truth, out var expected))
            {
                continue;
            }

            var actual = value.ValueKind == JsonValueKind.Object && value.TryGetProperty(field.JsonName, out var found) ? found : default;
            if (actual.ValueKind == JsonValueKind.Undefined && field.DefaultJson is { } missing)
            {
                actual = JsonElement.Parse(missing);
            }

            CompareValue(documentId, schema.Types[field.Type], expected, actual, prefix + field.JsonName);
        }
    }

    private void CompareValue(string documentId, SchemaNode type, JsonElement expected, JsonElement actual, string path)
    {
        switch (type.Kind)
        {
            case SchemaKind.Object when expected.ValueKind == JsonValueKind.Object:
                CompareObject(documentId, type, expected, actual, path + ".");
                break;
            case SchemaKind.Array when expected.ValueKind == JsonValueKind.Array:
                CompareList(documentId, schema.Types[type.ItemType], expected, actual, path + "[]");
                break;
            default:
                Count(ValueComparison.AreEqual(type, expected, actual), documentId, expected, actual, path);
                break;
        }
    }

    private void CompareList(string documentId, SchemaNode itemType, JsonElement expected, JsonElement actual, string path)
    {
        // Ground truth of other programs lists headings and notes among the lines: entries without a known field are no lines.
        var truths = expected.EnumerateArray()
            .Where(item => itemType.Kind != SchemaKind.Object || (item.ValueKind == JsonValueKind.Object && GroundTruthName.AnyOf(itemType, item)))
            .ToList();
        var values = actual.ValueKind == JsonValueKind.Array ? actual.EnumerateArray().ToList() : [];
        Field(path).Add(NoteMiss(truths.Count == values.Count), documentId, $"{truths.Count} entries", $"{values.Count} entries");
        for (var index = 0; index < truths.Count; index++)
        {
            var value = index < values.Count ? values[index] : default;
            if (itemType.Kind == SchemaKind.Object)
            {
                CompareObject(documentId, itemType, truths[index], value, path + ".");
            }
            else
            {
                CompareValue(documentId, itemType, truths[index], value, path + ".item");
            }
        }
    }

    private void Count(bool matched, string documentId, JsonElement expected, JsonElement actual, string path) =>
        Field(path).Add(NoteMiss(matched), documentId, Show(expected), Show(actual));

    private bool NoteMiss(bool matched)
    {
        _misses += matched ? 0 : 1;
        return matched;
    }

    private FieldAccuracy Field(string path)
    {
        if (!_fields.TryGetValue(path, out var field))
        {
            _fields.Add(path, field = new(path));
        }

        return field;
    }

    private static string Show(JsonElement value) =>
        value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? "nothing" : ValueComparison.Fold(value);
}
