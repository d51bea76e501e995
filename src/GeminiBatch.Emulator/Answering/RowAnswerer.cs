using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Turns one row into its result row.</summary>
internal sealed class RowAnswerer(int seed, ResponseBuilder responses, EmbeddingBuilder embeddings)
{
    public JsonObject Answer(byte[] line, StoredBatch batch, ulong key, byte attempt)
    {
        if (!ProtoJson.TryParse(line, out var node) || node is not JsonObject row)
        {
            return Envelope([], null, RowOutcome.Error(3, RowOutcome.MessageOf(3)));
        }

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
        var row = ProtoJson.TryParse(line, out var node) ? node as JsonObject ?? [] : [];
        return Envelope(row, KeyOf(row), RowOutcome.Error(code, RowOutcome.MessageOf(code)));
    }

    /// <summary>The key by which a row is known: some clients write numbers, which come back as strings (protocol: 2.1).</summary>
    private static string? KeyOf(JsonNode row) => row.Find("key") switch
    {
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonValue value => value.ToJsonString(),
        _ => null,
    };

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
