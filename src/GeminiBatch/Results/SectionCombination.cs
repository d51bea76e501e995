using System.Buffers;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Joins the answers to the sections of one document by its schema: lists in page order, maps united, everything else from the first that says something.</summary>
internal sealed class SectionCombination
{
    private const int MostNamed = 10;
    private static readonly JsonDocumentOptions s_reading = new() { MaxDepth = 1_000 };
    private readonly SchemaDescriptor _schema;
    private readonly List<string> _differences = [];

    private SectionCombination(SchemaDescriptor schema) => _schema = schema;

    /// <param name="schema">The schema.</param>
    /// <param name="answers">Canonical JSON of each section, in page order.</param>
    /// <returns>The joined JSON, and the paths at which sections say different things; at most ten of them.</returns>
    public static (ReadOnlyMemory<byte> Json, IReadOnlyList<string> Differences) Combine(SchemaDescriptor schema, IReadOnlyList<ReadOnlyMemory<byte>> answers)
    {
        var combination = new SectionCombination(schema);
        var buffer = new ArrayBufferWriter<byte>();
        var documents = answers.Select(static answer => JsonDocument.Parse(answer, s_reading)).ToList();
        try
        {
            using var writer = new Utf8JsonWriter(buffer, SpoolRow.WriterOptions);
            combination.Write(writer, 0, [.. documents.Select(static document => document.RootElement)], "$");
            writer.Flush();
        }
        finally
        {
            documents.ForEach(static document => document.Dispose());
        }

        return (buffer.WrittenMemory, combination._differences);
    }

    private void Write(Utf8JsonWriter writer, int type, List<JsonElement> values, string path)
    {
        var said = values.FindAll(static value => value.ValueKind != JsonValueKind.Null);
        var node = _schema.Types[type];
        switch (node.Kind)
        {
            case SchemaKind.Array or SchemaKind.Map when said.Count > 0 && said.TrueForAll(static value => value.ValueKind == JsonValueKind.Array):
                WriteList(writer, said, node.UniqueItems);
                break;
            case SchemaKind.Object when said.Count > 0 && said.TrueForAll(static value => value.ValueKind == JsonValueKind.Object):
                WriteObject(writer, node, said, path);
                break;
            case SchemaKind.Map when said.Count > 0 && said.TrueForAll(static value => value.ValueKind == JsonValueKind.Object):
                WriteMap(writer, said, path);
                break;
            default:
                WriteFirst(writer, said, path);
                break;
        }
    }

    private static void WriteList(Utf8JsonWriter writer, List<JsonElement> lists, bool isUnique)
    {
        var met = new List<JsonElement>();
        writer.WriteStartArray();
        foreach (var item in lists.SelectMany(static list => list.EnumerateArray()))
        {
            if (!isUnique || !met.Exists(other => JsonElement.DeepEquals(other, item)))
            {
                item.WriteTo(writer);
                met.Add(item);
            }
        }

        writer.WriteEndArray();
    }

    private void WriteObject(Utf8JsonWriter writer, SchemaNode node, List<JsonElement> objects, string path)
    {
        writer.WriteStartObject();
        foreach (var field in node.Fields)
        {
            var values = new List<JsonElement>();
            foreach (var one in objects)
            {
                if (one.TryGetProperty(field.JsonName, out var value))
                {
                    values.Add(value);
                }
            }

            if (values.Count > 0)
            {
                writer.WritePropertyName(field.JsonName);
                Write(writer, field.Type, values, $"{path}.{field.JsonName}");
            }
        }

        writer.WriteEndObject();
    }

    private void WriteMap(Utf8JsonWriter writer, List<JsonElement> maps, string path)
    {
        var entries = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var entry in maps.SelectMany(static map => map.EnumerateObject()))
        {
            if (!entries.TryAdd(entry.Name, entry.Value) && !JsonElement.DeepEquals(entries[entry.Name], entry.Value))
            {
                Differ($"{path}.{entry.Name}");
            }
        }

        writer.WriteStartObject();
        foreach (var (name, value) in entries)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    // An empty text is what models give for what a page does not say.
    private void WriteFirst(Utf8JsonWriter writer, List<JsonElement> values, string path)
    {
        var saying = values.FindAll(static value => value.ValueKind != JsonValueKind.String || !value.ValueEquals(""u8));
        var chosen = saying.Count > 0 ? saying : values;
        if (chosen.Count == 0)
        {
            writer.WriteNullValue();
            return;
        }

        chosen[0].WriteTo(writer);
        if (!chosen.TrueForAll(value => JsonElement.DeepEquals(value, chosen[0])))
        {
            Differ(path);
        }
    }

    private void Differ(string path)
    {
        if (_differences.Count < MostNamed)
        {
            _differences.Add(path);
        }
    }
}
