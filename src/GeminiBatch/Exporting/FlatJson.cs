using System.Buffers;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Makes canonical JSON from the cells of a flat row: the inverse of <see cref="FlatField.CellOf"/>.</summary>
internal sealed class FlatJson
{
    private readonly IReadOnlyList<FlatField> _fields;
    private readonly List<Member>? _members;

    public FlatJson(SchemaDescriptor schema)
    {
        _fields = FlatField.Of(schema);
        var next = 0;
        _members = schema.Root.Kind == SchemaKind.Object ? Members(schema, 0, [], ref next) : null;
    }

    /// <param name="cells">The cell of each field of <see cref="FlatField.Of"/>, in that order; null for no value.</param>
    public byte[] Write(IReadOnlyList<string?> cells)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            if (_members is null)
            {
                WriteCell(writer, _fields[0], cells[0]);
            }
            else
            {
                WriteObject(writer, _members, cells);
            }
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The members of an object with their fields, which stand side by side in the order of <see cref="FlatField.Of"/>.</summary>
    private List<Member> Members(SchemaDescriptor schema, int type, int[] enclosing, ref int next)
    {
        var members = new List<Member>();
        foreach (var field in schema.Types[type].Fields)
        {
            var first = next;
            List<Member>? inner = null;
            if (FlatField.IsFlattened(schema, type, field, enclosing))
            {
                next += _fields[next].IsPresence && _fields[next].Path.Count == enclosing.Length + 1 ? 1 : 0;
                inner = Members(schema, field.Type, [.. enclosing, type], ref next);
            }
            else
            {
                next++;
            }

            members.Add(new(field, first, next, inner));
        }

        return members;
    }

    private void WriteObject(Utf8JsonWriter writer, List<Member> members, IReadOnlyList<string?> cells)
    {
        writer.WriteStartObject();
        foreach (var (field, first, end, inner) in members)
        {
            if (!IsThere(first, end, cells) && !(inner is not null && !field.Nullable && field.Presence == SchemaPresence.Required))
            {
                // A member that may not be null was left out.
                if (field.Nullable)
                {
                    writer.WriteNull(field.JsonName);
                }

                continue;
            }

            writer.WritePropertyName(field.JsonName);
            if (inner is not null)
            {
                WriteObject(writer, inner, cells);
            }
            else
            {
                WriteCell(writer, _fields[first], cells[first]);
            }
        }

        writer.WriteEndObject();
    }

    private static bool IsThere(int first, int end, IReadOnlyList<string?> cells)
    {
        for (var index = first; index < end; index++)
        {
            if (cells[index] is not null)
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

    /// <summary>A member, its range of fields, and its own members where it is flattened.</summary>
    private sealed record Member(SchemaField Field, int First, int End, List<Member>? Inner);
}
