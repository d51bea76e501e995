using System.Text.Json;

namespace GeminiBatch;

/// <summary>Reads the vector of a row that was asked for an embedding, in each of its forms (protocol: 1.5, 2.3, 3.8).</summary>
internal static class EmbeddingReading
{
    /// <summary>The embedding of a legacy model's row on Vertex AI; null when the row is none.</summary>
    internal static JsonElement? FindPrediction(JsonElement row) =>
        JsonRead.Array(row, "predictions") is { } predictions && predictions.GetArrayLength() > 0 ? JsonRead.Object(predictions[0], "embeddings") : null;

    /// <param name="embedding">The object with the values.</param>
    /// <param name="response">The object that counts tokens.</param>
    internal static ResultRow Read(JsonElement embedding, JsonElement response)
    {
        if (JsonRead.Array(embedding, "values") is not { } values || values.GetArrayLength() == 0)
        {
            return ResultRowReader.Malformed(key: null, "The embedding has no values.");
        }

        float[] vector = new float[values.GetArrayLength()];
        int at = 0;
        foreach (JsonElement value in values.EnumerateArray())
        {
            if (value.ValueKind != JsonValueKind.Number || !value.TryGetSingle(out vector[at]) || !float.IsFinite(vector[at]))
            {
                return ResultRowReader.Malformed(key: null, $"Value {at + 1} of the embedding is no number.");
            }

            at++;
        }

        JsonElement statistics = JsonRead.Object(embedding, "statistics") ?? default;
        long? tokens = JsonRead.Integer(response, "tokenCount") ?? JsonRead.Integer(statistics, "token_count");
        return new ResultRow
        {
            Outcome = RowOutcomes.Answered,
            Embedding = vector,
            Usage = tokens is { } count ? new GeminiUsage(count, 0, 0, 0, 0, count) : null,
        };
    }
}
