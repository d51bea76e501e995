using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Finds a schema that is written into a prompt: JSON Schema as JSON, or a type notation with braces, <c>name: type</c> and <c>// comments</c>.</summary>
internal sealed class PromptSchemaReader
{
    private const int MaxDepth = 8;

    private readonly string text;
    private readonly Dictionary<string, int> definitions = new(StringComparer.Ordinal);
    private int position;

    private PromptSchemaReader(string text) => this.text = text;

    public static AnswerSchema? Find(string prompt)
    {
        for (var brace = prompt.IndexOf('{', StringComparison.Ordinal); brace >= 0; brace = prompt.IndexOf('{', brace + 1))
        {
            if (ReadJson(prompt[brace..]) is { } schema)
            {
                return schema;
            }
        }

        return ReadNotation(prompt);
    }

    private static AnswerSchema? ReadJson(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text));
            return JsonNode.Parse(ref reader) is JsonObject node && (node.ContainsKey("properties") || node.ContainsKey("$ref")) && node.ContainsKey("type") ? AnswerSchemaReader.Read(node) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static AnswerSchema? ReadNotation(string prompt)
    {
        const string typeMark = "of this type";
        var mark = prompt.IndexOf(typeMark, StringComparison.OrdinalIgnoreCase);
        var start = mark < 0 ? prompt.IndexOf('{', StringComparison.Ordinal) : prompt.IndexOf('\n', mark);
        if (start < 0 || prompt.IndexOf('{', start) < 0)
        {
            return null;
        }

        var reader = new PromptSchemaReader(prompt);
        reader.FindDefinitions(start);
        reader.position = start;
        var schema = reader.ReadType(0, reader.ReadComment());
        return schema.IsObject || schema.IsArray ? schema : null;
    }

    private void FindDefinitions(int start)
    {
        for (var line = start; line >= 0 && line < text.Length; line = text.IndexOf('\n', line + 1))
        {
            var at = text[line] == '\n' ? line + 1 : line;
            var end = at;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }

            if (end > at && text.AsSpan(end).StartsWith(" = "))
            {
                definitions.TryAdd(text[at..end], end + 3);
            }
        }
    }

    private AnswerSchema ReadType(int depth, string? description)
    {
        var schema = ReadPrimary(depth, description);
        while (Take("[]"))
        {
            schema = new AnswerSchema { Type = "array", Items = schema, Description = description };
        }

        var values = schema.Values.ToList();
        var nullable = schema.Nullable;
        while (Take("|"))
        {
            var other = ReadPrimary(depth, null);
            nullable |= other.Type == "null";
            values.AddRange(other.Values);
        }

        return new AnswerSchema { Type = schema.Type, Format = schema.Format, Description = description, Nullable = nullable, Properties = schema.Properties, Required = schema.Required, Items = schema.Items, Values = values };
    }

    private AnswerSchema ReadPrimary(int depth, string? description)
    {
        SkipSpace();
        if (position >= text.Length || depth > MaxDepth)
        {
            return new AnswerSchema();
        }

        switch (text[position])
        {
            case '{':
                position++;
                return ReadObject(depth + 1, description);
            case '(':
                position++;
                var inner = ReadType(depth + 1, description);
                Take(")");
                return inner;
            case '"':
                return new AnswerSchema { Type = "string", Values = [ReadQuoted()] };
            default:
                return ReadNamed(depth, description);
        }
    }

    private AnswerSchema ReadNamed(int depth, string? description)
    {
        var word = ReadWord();
        if (word.Length == 0)
        {
            position++;
            return new AnswerSchema();
        }

        if (Take("="))
        {
            return ReadType(depth, description);
        }

        if (definitions.TryGetValue(word, out var body) && depth < MaxDepth)
        {
            var back = position;
            position = body;
            var named = ReadType(depth + 1, description);
            position = back;
            return named;
        }

        var (type, format) = word switch
        {
            "string" or "guid" or "uri" or "duration" => ("string", (string?)null),
            "number" or "decimal" => ("number", null),
            "integer" or "int" => ("integer", null),
            "boolean" or "bool" => ("boolean", null),
            "null" => ("null", null),
            "date" => ("string", "date"),
            "time" => ("string", "time"),
            "dateTime" or "dateTimeOffset" or "datetime" => ("string", "date-time"),
            _ => ("any", null),
        };
        return new AnswerSchema { Type = type, Format = format, Description = description };
    }

    private AnswerSchema ReadObject(int depth, string? description)
    {
        var properties = new List<(string, AnswerSchema)>();
        var required = new HashSet<string>(StringComparer.Ordinal);
        while (position < text.Length)
        {
            var comment = ReadComment();
            if (Take("}") || position >= text.Length)
            {
                break;
            }

            var isMap = Take("[");
            var name = text[position] == '"' ? ReadQuoted() : ReadWord();
            var optional = Take("?");
            if (isMap || name.Length == 0 || !Take(":"))
            {
                var end = text.IndexOfAny(['\n', '}'], position);
                position = end < 0 ? text.Length : end + (text[end] == '\n' ? 1 : 0);
                continue;
            }

            properties.Add((name, ReadType(depth, comment)));
            if (!optional)
            {
                required.Add(name);
            }

            Take(",");
        }

        return new AnswerSchema { Type = "object", Properties = properties, Required = required, Description = description };
    }

    private string? ReadComment()
    {
        string? comment = null;
        SkipSpace();
        while (position + 1 < text.Length && text[position] == '/' && text[position + 1] == '/')
        {
            var end = text.IndexOf('\n', position);
            end = end < 0 ? text.Length : end;
            comment = (comment is null ? "" : comment + " ") + text[(position + 2)..end].Trim();
            position = end;
            SkipSpace();
        }

        return comment;
    }

    private string ReadWord()
    {
        SkipSpace();
        var start = position;
        while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] is '_' or '$'))
        {
            position++;
        }

        return text[start..position];
    }

    private string ReadQuoted()
    {
        var end = position + 1;
        while (end < text.Length && text[end] != '"')
        {
            end += text[end] == '\\' ? 2 : 1;
        }

        var quoted = text[position..Math.Min(end + 1, text.Length)];
        position = Math.Min(end + 1, text.Length);
        return ProtoJson.TryParse(System.Text.Encoding.UTF8.GetBytes(quoted), out var node) ? node.AsText() ?? "" : quoted.Trim('"');
    }

    private bool Take(string mark)
    {
        SkipSpace();
        if (!text.AsSpan(position).StartsWith(mark))
        {
            return false;
        }

        position += mark.Length;
        return true;
    }

    private void SkipSpace()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }
    }
}
