using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>A result row as Vertex AI writes it: an echo of the request, prose for a status, the user's columns passed through (protocol: 3.5).</summary>
internal sealed class VertexRow(int seed)
{
    private static readonly string[] PartFields = ["text", "fileData", "inlineData", "functionCall", "functionResponse", "videoMetadata"];

    public JsonObject Write(JsonObject row, RowOutcome outcome, StoredBatch batch, ulong key)
    {
        // One layout for all rows of a job: two were recorded.
        var style = new SeededRandom(StableHash.Of(seed, "vertex layout", batch.Id));
        var isOlder = style.Next(2) == 0;
        var columnsFirst = style.Next(2) == 0;
        var hasNulls = style.Next(3) == 0;
        var random = new SeededRandom(StableHash.Of(seed, "vertex row", key.ToString(CultureInfo.InvariantCulture)));
        var processed = batch.RunTime + ((batch.EndTime - batch.RunTime) * random.NextUnit());
        var echo = row.Find("request") is JsonObject request ? ("request", (JsonNode)Echo(request, hasNulls, random)) : ("instance", row.DeepClone());
        var status = ("status", (JsonNode)StatusOf(outcome));
        var time = ("processed_time", (JsonNode)processed.UtcDateTime.ToString(isOlder ? "yyyy-MM-dd'T'HH:mm:ss.fff'+00:00'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture));
        // A failed row has an empty response or none.
        (string, JsonNode)[] response = outcome.IsError ? random.Next(2) == 0 ? [] : [("response", new JsonObject())]
            : echo.Item1 == "instance" ? [("predictions", new JsonArray(outcome.Body))]
            : [("response", Answer(outcome.Body, batch, processed, random))];
        (string, JsonNode)[] own = isOlder ? [status, time, echo, .. response] : [echo, status, .. response, time];
        var columns = echo.Item1 == "instance" ? [] : row.Where(member => member.Key != "request").Select(member => (member.Key, PassThrough(member.Value)));
        var result = new JsonObject();
        foreach (var (name, value) in columnsFirst ? columns.Concat(own) : own.Concat(columns))
        {
            result[name] = value;
        }

        return result;
    }

    public static bool IsError(JsonNode row) => row.FindText("status") is { Length: > 0 };

    /// <summary>Lists come back emptied; anything else as it was sent (protocol: gotcha 30).</summary>
    private static JsonNode PassThrough(JsonNode? value) => value is JsonArray ? new JsonArray() : value?.DeepClone()!;

    private static string StatusOf(RowOutcome outcome)
    {
        if (!outcome.IsError)
        {
            return "";
        }

        var (code, name, phrase) = HttpStatus.OfGrpc((int)(outcome.Body.FindInteger("code") ?? 13));
        var message = JsonEncodedText.Encode(outcome.Body.FindText("message") ?? "", System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        return string.Create(CultureInfo.InvariantCulture, $"{phrase}: {{\"error\": {{\"code\": {code}, \"message\": \"{message}\", \"status\": \"{name}\"}}}}");
    }

    /// <summary>The request re-serialised: other member order, single parts in a list, and in some jobs nulls for what a part does not have.</summary>
    private static JsonObject Echo(JsonObject request, bool hasNulls, SeededRandom random)
    {
        var echo = (JsonObject)request.DeepClone();
        foreach (var content in echo.Find("contents").Items().OfType<JsonObject>())
        {
            if (content.Find("parts") is JsonObject single)
            {
                content["parts"] = new JsonArray(single.DeepClone());
            }

            foreach (var part in content.Find("parts").Items().OfType<JsonObject>().Where(_ => hasNulls))
            {
                foreach (var field in PartFields.Where(field => part.Find(field) is null))
                {
                    part[field] = null;
                }
            }
        }

        return (JsonObject)MemberOrder.Shuffle(echo, random.NextBits());
    }

    private static JsonNode Answer(JsonObject body, StoredBatch batch, DateTimeOffset processed, SeededRandom random)
    {
        if (!batch.Embeddings)
        {
            body["createTime"] = processed.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
            // Older models carry the version's alias.
            body["modelVersion"] = batch.ServingModel + (batch.ServingModel.StartsWith("gemini-2", StringComparison.Ordinal) ? "@default" : "");
            if (body.Find("usageMetadata") is JsonObject usage)
            {
                usage["trafficType"] = "ON_DEMAND";
            }

            foreach (var candidate in body.Find("candidates").Items().OfType<JsonObject>().Where(candidate => candidate.Find("content") is not null))
            {
                candidate["avgLogprobs"] = -Math.Round(random.NextUnit() / 10, 6);
            }
        }

        return MemberOrder.Shuffle(body, random.NextBits());
    }
}
