using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Turns one row into its result row.</summary>
internal sealed class RowAnswerer(int seed, ResponseBuilder responses, EmbeddingBuilder embeddings)
{
    private readonly VertexRow vertexRow = new(seed);

    public (JsonObject Row, bool IsError) Answer(byte[] line, StoredBatch batch, ulong key, byte attempt)
    {
        if (!ProtoJson.TryParse(line, out var node) || node is not JsonObject row)
        {
            return Write([], RowOutcome.Error(3, RowOutcome.MessageOf(3)), batch, key);
        }

        var outcome = batch.Vertex is null
            ? Respond(row, row.Find("request") as JsonObject ?? row, batch, key, attempt)
            : RespondOnVertex(row, batch, key, attempt);
        return Write(row, outcome, batch, key);
    }

    public (JsonObject Row, bool IsError) Fail(byte[] line, StoredBatch batch, ulong key) =>
        Write(ProtoJson.TryParse(line, out var node) ? node as JsonObject ?? [] : [], RowOutcome.Error(batch.FailedRowCode, RowOutcome.MessageOf(batch.FailedRowCode)), batch, key);

    private RowOutcome Respond(JsonObject row, JsonObject request, StoredBatch batch, ulong key, byte attempt)
    {
        var random = new SeededRandom(StableHash.Of(seed, "row", $"{key}/{attempt}"));
        return batch.Embeddings
            ? embeddings.Respond(request, batch.ServingModel, onVertex: batch.Vertex is not null)
            : responses.Respond(request, KeyOf(row) ?? row.Find("metadata").FindText("key") ?? "", new Asked(batch.ServingModel, batch.Owner, OnVertex: batch.Vertex is not null), random);
    }

    /// <summary>What the Developer API refuses at create, Vertex AI says in the row; and it takes a single part where a list belongs (protocol: 3.5).</summary>
    private RowOutcome RespondOnVertex(JsonObject row, StoredBatch batch, ulong key, byte attempt)
    {
        if (row.Find("request") is not JsonObject sent)
        {
            return embeddings.RespondLegacy(row.FindText("content") ?? "", batch.ServingModel);
        }

        var request = (JsonObject)sent.DeepClone();
        foreach (var content in request.Find("contents").Items().OfType<JsonObject>())
        {
            if (content.Find("parts") is JsonObject single)
            {
                content["parts"] = new JsonArray(single.DeepClone());
            }
        }

        try
        {
            InlineCheck.Check(request, batch.Embeddings ? "VertexEmbedRequest" : "VertexGenerateContentRequest");
        }
        catch (ApiException error)
        {
            return RowOutcome.Error(3, error.Message);
        }

        return Respond(row, request, batch, key, attempt);
    }

    private (JsonObject Row, bool IsError) Write(JsonObject row, RowOutcome outcome, StoredBatch batch, ulong key) =>
        (batch.Vertex is null ? Envelope(row, outcome) : vertexRow.Write(row, outcome, batch, key), outcome.IsError);

    /// <summary>The key by which a row is known: some clients write numbers, which come back as strings (protocol: 2.1).</summary>
    private static string? KeyOf(JsonNode row) => row.Find("key") switch
    {
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonValue value => value.ToJsonString(),
        _ => null,
    };

    private static JsonObject Envelope(JsonObject row, RowOutcome outcome)
    {
        var result = new JsonObject();
        if (KeyOf(row) is { } key)
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
