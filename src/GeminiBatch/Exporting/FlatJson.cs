using System.Buffers;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Makes canonical JSON from the cells of a flat row: the inverse of <see cref="FlatField.CellOf"/>.</summary>
internal sealed class FlatJson(SchemaDescriptor schema)
{
    private readonly IReadOnlyList<FlatField> _fields = FlatField.Of(schema);

    /// <param name="cells">The cell of each field of <see cref="FlatField.Of"/>, in that order; null for no value.</param>
    public byte[] Write(IReadOnlyList<string?> cells)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            if (schema.Root.Kind == SchemaKind.Object)
            {
                WriteObject(writer, 0, [], [], cells);
            }
            else
            {
                WriteCell(writer, _fields[0], cells[0]);
            }
        }

        return buffer.WrittenSpan.ToArray();
    }

    private void WriteObject(Utf8JsonWriter writer, int type, string[] path, int[] enclosing, IReadOnlyList<string?> cells)
    {
        writer.WriteStartObject();
        foreach (var field in schema.Types[type].Fields)
        {
            string[] below = [.. path, field.JsonName];
            var isObject = FlatField.IsFlattened(schema, type, field, enclosing);
            if (!IsThere(below, cells) && !(isObject && !field.Nullable && field.Presence == SchemaPresence.Required))
            {
                // A member that may not be null was left out.
                if (field.Nullable)
                {
                    writer.WriteNull(field.JsonName);
                }

                continue;
            }

            writer.WritePropertyName(field.JsonName);
            if (isObject)
            {
                WriteObject(writer, field.Type, below, [.. enclosing, type], cells);
            }
            else
            {
                var index = Enumerable.Range(0, _fields.Count).First(index => _fields[index].Path.SequenceEqual(below));
                WriteCell(writer, _fields[index], cells[index]);
            }
        }

        writer.WriteEndObject();
    }

    private bool IsThere(string[] path, IReadOnlyList<string?> cells)
    {
        for (var index = 0; index < _fields.Count; index++)
        {
            if (cells[index] is not null && _fields[index].Path.Take(path.Length).SequenceEqual(path))
            {
                return true;
            }
        }

        return false;
    }

    private static void WriteCell(Utf8JsonWriter writer, FlatField field, string? cell)
    {
        if (cell is null)
        {
            writer.WriteNullValue();
        }
        else if (field.IsText)
        {
            writer.WriteStringValue(CsvRow.ReadText(cell));
        }
        else
        {
            // Not valid JSON only where somebody else wrote the cell: the parser then says what does not fit.
            try
            {
                writer.WriteRawValue(cell);
            }
            catch (JsonException)
            {
                writer.WriteStringValue(cell);
            }
        }
    }
}
