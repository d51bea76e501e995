using System.Text;
using System.Text.Json;

namespace GeminiBatch.Emulator;

/// <summary>Checks one line of an input file in one pass, with the messages that a create call answers (protocol: 2.4).</summary>
internal ref struct RowCheck
{
    private readonly ReadOnlySpan<byte> line;
    private readonly int number;
    private Utf8JsonReader reader;

    private RowCheck(ReadOnlySpan<byte> line, int number)
    {
        this.line = line;
        this.number = number;
        reader = new Utf8JsonReader(line);
    }

    public static void Check(ReadOnlySpan<byte> line, int number, string requestMessage)
    {
        var check = new RowCheck(line, number);
        try
        {
            check.CheckRow(requestMessage);
        }
        catch (JsonException error)
        {
            var at = (int)Math.Min(error.BytePositionInLine ?? 0, line.Length);
            throw check.Fail(at, at < line.Length ? $"unexpected character: '{check.CharacterAt(at)}'" : "unexpected end of input");
        }
    }

    private void CheckRow(string requestMessage)
    {
        reader.Read();
        Require(JsonTokenType.StartObject, '{');
        var hasRequest = false;
        var hasBareRequest = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (name == "request")
            {
                hasRequest = true;
                Require(JsonTokenType.StartObject, '{');
                CheckMessage(requestMessage);
            }
            else if (name == "key" && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                throw Unexpected('"');
            }
            else
            {
                // Unknown neighbours of the request are ignored, "config" among them (protocol: 2.1).
                hasBareRequest |= name is "contents" or "content";
                reader.Skip();
            }
        }

        reader.Read();
        if (!hasRequest && !hasBareRequest)
        {
            throw ApiException.InvalidArgument($"Error on line {number}: missing field: 'request'");
        }

        if (!hasRequest)
        {
            reader = new Utf8JsonReader(line);
            reader.Read();
            CheckMessage(requestMessage);
        }
    }

    private void CheckMessage(string message)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            if (!MessageTable.TryFind(message, name, out var field))
            {
                throw Fail((int)reader.TokenStartIndex, $"no such field: '{name}'");
            }

            reader.Read();
            if (field.Repeated && reader.TokenType != JsonTokenType.Null)
            {
                Require(JsonTokenType.StartArray, '[');
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    CheckValue(field);
                }
            }
            else
            {
                CheckValue(field);
            }
        }
    }

    private void CheckValue(MessageField field)
    {
        if (!field.Accepts(Kind(reader.TokenType)))
        {
            throw Unexpected(field.Opening);
        }

        if (field.IsMap)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                reader.Read();
                CheckValue(field with { IsMap = false });
            }
        }
        else if (field.Message is { } message && reader.TokenType == JsonTokenType.StartObject)
        {
            CheckMessage(message);
        }
        else
        {
            reader.Skip();
        }
    }

    private readonly void Require(JsonTokenType type, char expected)
    {
        if (reader.TokenType != type)
        {
            throw Unexpected(expected);
        }
    }

    private readonly ApiException Unexpected(char expected)
    {
        var at = (int)reader.TokenStartIndex;
        var what = $"unexpected character: '{CharacterAt(at)}'";
        return Fail(at, expected == '\0' ? what : $"{what}; expected '{expected}'");
    }

    private readonly ApiException Fail(int at, string what) => ApiException.InvalidArgument($"Error on line {number}: invalid JSON, near column {at + 1}: {what}");

    private readonly string CharacterAt(int at)
    {
        Rune.DecodeFromUtf8(line[at..], out var rune, out _);
        return rune.ToString();
    }

    private static JsonValueKind Kind(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => JsonValueKind.Object,
        JsonTokenType.StartArray => JsonValueKind.Array,
        JsonTokenType.String => JsonValueKind.String,
        JsonTokenType.Number => JsonValueKind.Number,
        JsonTokenType.True => JsonValueKind.True,
        JsonTokenType.False => JsonValueKind.False,
        _ => JsonValueKind.Null,
    };
}
