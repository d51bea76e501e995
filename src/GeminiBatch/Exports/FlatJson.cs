using System.Buffers;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Makes canonical JSON from the cells of a flat row: the inverse of <see cref="FlatField.CellOf"/>.</summary>
internal sealed class FlatJson(SchemaDescriptor schema)
{
    private readonly IReadOnlyList<FlatField> _fields = FlatField.Of(schema);

    /// <param name="cellOf">The cell of a column by its name; null for no value.</param>
    public byte[] Write(Func<string, string?> cellOf)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            if (schema.Root.Kind == SchemaKind.Object)
            {
                WriteObject(writer, 0, "", [], cellOf);
            }
            else
            {
                WriteCell(writer, _fields[0], cellOf(_fields[0].Name));
            }
        }

        return buffer.WrittenSpan.ToArray();
    }

    private void WriteObject(Utf8JsonWriter writer, int type, string path, int[] enclosing, Func<string, string?> cellOf)
    {
        writer.WriteStartObject();
        foreach (var field in schema.Types[type].Fields)
        {
            var name = path + field.JsonName;
            var isObject = FlatField.IsFlattened(schema, type, field, enclosing);
            var isThere = isObject
                ? _fields.Any(column => (column.Name == name || column.Name.StartsWith(name + ".", StringComparison.Ordinal)) && cellOf(column.Name) is not null)
                : cellOf(name) is not null;
            if (!isThere && (field.Nullable || field.Presence != SchemaPresence.Required || !isObject))
            {
                if (field.Nullable)
                {
                    writer.WriteNull(field.JsonName);
                }
            }
            else if (isObject)
            {
                writer.WritePropertyName(field.JsonName);
                WriteObject(writer, field.Type, name + ".", [.. enclosing, type], cellOf);
            }
            else
            {
                writer.WritePropertyName(field.JsonName);
                WriteCell(writer, _fields.First(column => column.Name == name), cellOf(name));
            }
        }

        writer.WriteEndObject();
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
