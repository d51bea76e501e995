using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Checks every line of an input file at create: one wrong line refuses the whole batch (protocol: 2.4).</summary>
internal static class RowFile
{
    /// <summary>The identities of the rows, in line order. Memory grows by eight bytes a row.</summary>
    public static List<ulong> Check(string path, bool embeddings)
    {
        var keys = new List<ulong>();
        var message = embeddings ? "EmbedContentRequest" : "GenerateContentRequest";
        using var lines = new LineScanner(path);
        while (lines.MoveNext())
        {
            RowCheck.Check(lines.Line.Span, lines.Number, message);
            keys.Add(Identify(lines.Line.Span, lines.Number));
        }

        return keys.Count > 0 ? keys : throw ApiException.InvalidArgument("The input file has no rows.");
    }

    /// <summary>What chance and attempts are tied to: the key, the metadata in its place, or else the line at its place.</summary>
    public static ulong Identify(ReadOnlySpan<byte> line, int number)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        ulong? metadata = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isKey = reader.ValueTextEquals("key"u8);
            var isMetadata = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            if (isKey && reader.TokenType != JsonTokenType.Null)
            {
                return StableHash.Of(reader.TokenType == JsonTokenType.String ? System.Text.Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan);
            }

            if (isMetadata && reader.TokenType == JsonTokenType.StartObject)
            {
                metadata = StableHash.Of(JsonNode.Parse(ref reader)!.ToJsonString());
            }
            else
            {
                reader.Skip();
            }
        }

        return metadata ?? (StableHash.Of(line) ^ StableHash.Of(number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }
}
