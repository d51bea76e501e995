using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Proto JSON on a JsonNode: members are found under their camelCase or snake_case name, and 64-bit numbers may be strings (protocol: 1.1).</summary>
internal static class ProtoJson
{
    private static readonly JsonWriterOptions Pretty = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static JsonNode? Find(this JsonNode? node, string camelName)
    {
        if (node is not JsonObject members)
        {
            return null;
        }

        return members.TryGetPropertyValue(camelName, out var value) || members.TryGetPropertyValue(ToSnake(camelName), out value) ? value : null;
    }

    public static string? FindText(this JsonNode? node, string camelName) => node.Find(camelName).AsText();

    public static long? FindInteger(this JsonNode? node, string camelName) => node.Find(camelName) is JsonValue value
        ? value.GetValueKind() switch
        {
            JsonValueKind.Number when value.TryGetValue(out long number) => number,
            // A node made in memory keeps the type it was made from.
            JsonValueKind.Number when value.TryGetValue(out int number) => number,
            JsonValueKind.String when long.TryParse(value.AsText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        }
        : null;

    public static string? AsText(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static IEnumerable<JsonNode> Items(this JsonNode? node) => node is JsonArray array ? array.OfType<JsonNode>() : [];

    public static byte[] ToPrettyUtf8(JsonNode node) => ToUtf8(node, Pretty);

    public static byte[] ToCompactUtf8(JsonNode node) => ToUtf8(node, Compact);

    public static string ToCompactText(JsonNode node) => Encoding.UTF8.GetString(ToCompactUtf8(node));

    /// <summary>Parses JSON; an object that names a member twice is no JSON here, and neither is a text that is no Unicode.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out JsonNode? node)
    {
        try
        {
            node = HasWholeTexts(utf8) ? JsonNode.Parse(utf8, documentOptions: Strict) : null;
            return node is not null;
        }
        catch (JsonException)
        {
            node = null;
            return false;
        }
    }

    /// <summary>Whether no text has half of a surrogate pair, which a JsonNode would find out only when it is read.</summary>
    private static bool HasWholeTexts(ReadOnlySpan<byte> utf8)
    {
        if (!utf8.Contains((byte)'\\'))
        {
            return true;
        }

        var reader = new Utf8JsonReader(utf8);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                {
                    _ = reader.GetString();
                }
            }
        }
        catch (InvalidOperationException)
        {
            return false;
        }

        return true;
    }

    public static string ToSnake(string camelName)
    {
        var snake = new StringBuilder(camelName.Length + 4);
        foreach (var letter in camelName)
        {
            if (char.IsAsciiLetterUpper(letter))
            {
                snake.Append('_').Append(char.ToLowerInvariant(letter));
            }
            else
            {
                snake.Append(letter);
            }
        }

        return snake.ToString();
    }

    public static string ToCamel(string name)
    {
        var camel = new StringBuilder(name.Length);
        var raise = false;
        foreach (var letter in name)
        {
            if (letter == '_' && camel.Length > 0)
            {
                raise = true;
                continue;
            }

            camel.Append(raise ? char.ToUpperInvariant(letter) : letter);
            raise = false;
        }

        return camel.ToString();
    }

    /// <summary>RFC 3339 with nine fractional digits, as recorded resources have (protocol: 1.1).</summary>
    public static string Timestamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset ReadTimestamp(string text)
    {
        var trimmed = text.EndsWith("00Z", StringComparison.Ordinal) && text.Length > 28 ? text[..27] + "Z" : text;
        return DateTimeOffset.Parse(trimmed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
    }

    private static byte[] ToUtf8(JsonNode node, JsonWriterOptions options)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            node.WriteTo(writer);
        }

        return buffer.ToArray();
    }
}
