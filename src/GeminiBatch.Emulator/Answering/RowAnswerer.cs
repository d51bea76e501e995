using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Turns one row into its result row.</summary>
internal sealed class RowAnswerer(int seed, ResponseBuilder responses, EmbeddingBuilder embeddings)
{
    public JsonObject Answer(byte[] line, StoredBatch batch, ulong key, byte attempt)
    {
        var row = (JsonObject)JsonNode.Parse(line)!;
        var request = row.Find("request") as JsonObject ?? row;
        var keyText = KeyOf(row);
        var random = new SeededRandom(StableHash.Of(seed, "row", $"{key}/{attempt}"));
        var outcome = batch.Embeddings
            ? embeddings.Respond(request, batch.ServingModel)
            : responses.Respond(request, keyText ?? "", batch.ServingModel, batch.Owner, random);
        return Envelope(row, keyText, outcome);
    }

    public static JsonObject Fail(byte[] line, int code)
    {
        var row = (JsonObject)JsonNode.Parse(line)!;
        return Envelope(row, KeyOf(row), RowOutcome.Error(code, RowOutcome.MessageOf(code)));
    }

    /// <summary>The key by which a row is known: some clients write numbers, which come back as strings (protocol: 2.1).</summary>
    public static string? KeyOf(JsonNode row) => row.Find("key") switch
    {
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonValue value => value.ToJsonString(),
        _ => null,
    };

    /// <summary>What chance and attempts are tied to: the key, that of the metadata, or else the line itself at its place.</summary>
    public static ulong Identify(JsonNode row, ReadOnlySpan<byte> line, int lineNumber)
    {
        var key = KeyOf(row) ?? (row.Find("metadata") is JsonObject { Count: > 0 } metadata ? metadata.ToJsonString() : null);
        return key is null
            ? StableHash.Of(line) ^ StableHash.Of(lineNumber.ToString(CultureInfo.InvariantCulture))
            : StableHash.Of(Encoding.UTF8.GetBytes(key));
    }

    private static JsonObject Envelope(JsonObject row, string? key, RowOutcome outcome)
    {
        var result = new JsonObject();
        if (key is not null)
        {
            result["key"] = key;
        }

        if (row.Find("metadata") is { } metadata)
        {
            result["metadata"] = metadata.DeepClone();
        }

        result[outcome.IsError ? "error" : "response"] = outcome.Body;
        return result;
    }
}
