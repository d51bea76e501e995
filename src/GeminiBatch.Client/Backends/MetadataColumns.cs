using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>
/// Metadata as columns beside a row's request on Vertex AI: names that BigQuery takes and that clash with no other column, and one type for each column,
/// whatever the documents hold (protocol: 3.5).
/// </summary>
/// <remarks>
/// A column's name is <c>gb_</c>, the type (<c>s</c> text, <c>i</c> 64-bit integer, <c>n</c> any other number, written as its text, <c>b</c> truth value),
/// <c>_</c>, and the name. Columns are compared without case, so a capital letter is written as <c>_</c> and the small one, <c>_</c> as <c>__</c>, and any
/// other character as <c>_0</c> and two hexadecimal digits for each of its UTF-8 bytes. A released form is never changed.
/// </remarks>
internal static class MetadataColumns
{
    private const string Prefix = "gb_";
    private const int MaxColumn = 300;

    /// <summary>Writes the members of a flat JSON object as members of the object that is being written.</summary>
    internal static void Write(Utf8JsonWriter writer, string? metadata)
    {
        if (metadata is null)
        {
            return;
        }

        using JsonDocument document = JsonDocument.Parse(metadata);
        foreach (JsonProperty member in document.RootElement.EnumerateObject())
        {
            switch (member.Value.ValueKind)
            {
                case JsonValueKind.String:
                    writer.WriteString(Column('s', member.Name), member.Value.GetString());
                    break;
                case JsonValueKind.True or JsonValueKind.False:
                    writer.WriteBoolean(Column('b', member.Name), member.Value.GetBoolean());
                    break;
                case JsonValueKind.Number when IsPlainInteger(member.Value.GetRawText()) && member.Value.TryGetInt64(out long number):
                    writer.WriteNumber(Column('i', member.Name), number);
                    break;
                case JsonValueKind.Number:
                    writer.WriteString(Column('n', member.Name), member.Value.GetRawText());
                    break;
                case JsonValueKind.Null:
                    break;
                default:
                    throw new InvalidOperationException($"The metadata '{member.Name}' is no flat value: nested values fail a whole job on Vertex AI (protocol: 10, no. 24). Give it [JsonEncoded].");
            }
        }
    }

    /// <summary>The metadata in a result row as a flat JSON object, names in ordinal order; null when it has none.</summary>
    internal static string? Read(JsonElement row)
    {
        SortedDictionary<string, (char Type, JsonElement Value)>? found = null;
        foreach (JsonProperty member in row.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null && Name(member.Name) is { } name)
            {
                found ??= new(StringComparer.Ordinal);
                found[name] = (member.Name[Prefix.Length], member.Value);
            }
        }

        return found is null ? null : Encoding.UTF8.GetString(RawJson.Write(writer =>
        {
            writer.WriteStartObject();
            foreach ((string name, (char type, JsonElement value)) in found)
            {
                writer.WritePropertyName(name);
                if (type == 'n' && value.ValueKind == JsonValueKind.String && decimal.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                {
                    writer.WriteRawValue(value.GetString()!);
                }
                else
                {
                    value.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }));
    }

    internal static string Column(char type, string name)
    {
        var column = new StringBuilder(Prefix, Prefix.Length + name.Length + 8).Append(type).Append('_');
        foreach (Rune rune in name.EnumerateRunes())
        {
            if (rune.IsAscii && (char.IsAsciiLetterLower((char)rune.Value) || char.IsAsciiDigit((char)rune.Value)))
            {
                column.Append((char)rune.Value);
            }
            else if (rune.Value == '_')
            {
                column.Append("__");
            }
            else if (rune.IsAscii && char.IsAsciiLetterUpper((char)rune.Value))
            {
                column.Append('_').Append(char.ToLowerInvariant((char)rune.Value));
            }
            else
            {
                foreach (byte utf8 in Encoding.UTF8.GetBytes(rune.ToString()))
                {
                    column.Append("_0").Append(utf8.ToString("x2", CultureInfo.InvariantCulture));
                }
            }
        }

        return column.Length <= MaxColumn
            ? column.ToString()
            : throw new InvalidOperationException($"The metadata name '{name[..40]}…' is too long for a column on Vertex AI, which has at most {MaxColumn} characters. Shorten it.");
    }

    private static string? Name(string column)
    {
        if (column.Length <= Prefix.Length + 2 || !column.StartsWith(Prefix, StringComparison.Ordinal) || column[Prefix.Length] is not ('s' or 'i' or 'n' or 'b') || column[Prefix.Length + 1] != '_')
        {
            return null;
        }

        var utf8 = new List<byte>(column.Length);
        ReadOnlySpan<char> rest = column.AsSpan(Prefix.Length + 2);
        for (int i = 0; i < rest.Length; i++)
        {
            if (rest[i] != '_')
            {
                utf8.Add((byte)rest[i]);
                continue;
            }

            if (++i == rest.Length)
            {
                return null;
            }

            if (rest[i] == '0' && i + 2 < rest.Length && byte.TryParse(rest.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                utf8.Add(value);
                i += 2;
            }
            else
            {
                utf8.Add((byte)char.ToUpperInvariant(rest[i]));
            }
        }

        return Encoding.UTF8.GetString([.. utf8]);
    }

    private static bool IsPlainInteger(string text) => text.AsSpan().IndexOfAny('.', 'e', 'E') < 0;
}
