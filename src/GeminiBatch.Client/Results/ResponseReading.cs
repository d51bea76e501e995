using System.Text;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Reads a GenerateContentResponse (protocol: 6).</summary>
internal static class ResponseReading
{
    private static readonly string[] FinishNumbers = ["FINISH_REASON_UNSPECIFIED", "STOP", "MAX_TOKENS", "SAFETY", "RECITATION"];

    internal static ResultRow Read(string? key, JsonElement response)
    {
        if (response.ValueKind != JsonValueKind.Object)
        {
            return ResultRowReader.Malformed(key, $"The response is no JSON object but {response.ValueKind}.");
        }

        if (JsonRead.Member(response, "error") is not null && RowError.Find(response) is { } error)
        {
            return ResultRowReader.Failed(key, error);
        }

        ResultRow row = JsonRead.Array(response, "candidates") is { } candidates && candidates.GetArrayLength() > 0
            ? ReadCandidate(candidates[0])
            : WithoutCandidate(response);
        return row with
        {
            Key = key,
            ModelVersion = JsonRead.Text(response, "modelVersion"),
            ResponseId = JsonRead.Text(response, "responseId"),
            Usage = JsonRead.Object(response, "usageMetadata") is { } usage ? ReadUsage(usage) : row.Usage,
        };
    }

    private static ResultRow ReadCandidate(JsonElement candidate)
    {
        string? finishReason = FinishReason(candidate);
        (string text, string kinds) = ReadParts(candidate);
        RowOutcome outcome = RowOutcomes.Finished(finishReason, !string.IsNullOrWhiteSpace(text));
        string? message = outcome.IsAnswer ? null : JsonRead.Text(candidate, "finishMessage");
        if (outcome.Reason == RowReason.Empty)
        {
            message ??= kinds.Length == 0 ? "The answer has no parts." : $"The answer has no text, only {kinds}.";
        }

        return new ResultRow
        {
            Outcome = outcome,
            AnswerText = text,
            FinishReasonText = finishReason,
            ErrorMessage = message,
            Grounding = JsonRead.Object(candidate, "groundingMetadata") is { } grounding ? ReadGrounding(grounding) : null,
        };
    }

    private static GeminiGrounding ReadGrounding(JsonElement grounding)
    {
        List<string> queries = [];
        List<GeminiGroundingSource> sources = [];
        foreach (JsonElement query in JsonRead.Array(grounding, "webSearchQueries")?.EnumerateArray() ?? default)
        {
            if (query.ValueKind == JsonValueKind.String)
            {
                queries.Add(WireText.Of(query));
            }
        }

        foreach (JsonElement chunk in JsonRead.Array(grounding, "groundingChunks")?.EnumerateArray() ?? default)
        {
            if ((JsonRead.Object(chunk, "web") ?? JsonRead.Object(chunk, "retrievedContext") ?? JsonRead.Object(chunk, "maps")) is { } source)
            {
                sources.Add(new GeminiGroundingSource(JsonRead.Text(source, "uri") ?? "", JsonRead.Text(source, "title") ?? ""));
            }
        }

        return new GeminiGrounding(queries, sources, RawJson.Write(grounding.WriteTo));
    }

    private static ResultRow WithoutCandidate(JsonElement response)
    {
        if (JsonRead.Object(response, "promptFeedback") is { } feedback)
        {
            string? reason = JsonRead.TextOrNumber(feedback, "blockReason");
            string? words = JsonRead.Text(feedback, "blockReasonMessage");
            return new ResultRow { Outcome = RowOutcomes.PromptBlocked, ErrorMessage = reason is null ? words : words is null ? reason : $"{reason}: {words}" };
        }

        if (JsonRead.Object(response, "embedding") is { } embedding)
        {
            return EmbeddingReading.Read(embedding, response);
        }

        return JsonRead.Member(response, "candidates") is null && JsonRead.Member(response, "usageMetadata") is null
            ? ResultRowReader.Malformed(key: null, "The response has neither candidates nor a reason for lacking them.")
            : new ResultRow { Outcome = RowOutcomes.Empty, ErrorMessage = "The response has no candidates and no reason for it." };
    }

    // Clients that ask for numbers get numbers; above 4 the two backends count differently, so those stay numbers.
    private static string? FinishReason(JsonElement candidate)
    {
        if (JsonRead.Member(candidate, "finishReason") is { ValueKind: JsonValueKind.Number } number)
        {
            return number.TryGetInt32(out int value) && value >= 0 && value < FinishNumbers.Length ? FinishNumbers[value] : number.GetRawText();
        }

        return JsonRead.Text(candidate, "finishReason");
    }

    // Thoughts are no answer; the answer may be split over parts, which are joined with nothing between them.
    private static (string Text, string Kinds) ReadParts(JsonElement candidate)
    {
        JsonElement content = JsonRead.Object(candidate, "content") ?? default;
        string? single = null;
        StringBuilder? joined = null;
        var kinds = new SortedSet<string>(StringComparer.Ordinal);
        foreach (JsonElement part in Parts(content))
        {
            bool thought = JsonRead.Boolean(part, "thought") == true;
            if (thought || JsonRead.Text(part, "text") is not { Length: > 0 } text)
            {
                kinds.UnionWith(Kinds(part, thought));
            }
            else if (single is null)
            {
                single = text;
            }
            else
            {
                (joined ??= new StringBuilder(single)).Append(text);
            }
        }

        return (joined?.ToString() ?? single ?? "", string.Join(", ", kinds));
    }

    private static IEnumerable<JsonElement> Parts(JsonElement content) => JsonRead.Member(content, "parts") switch
    {
        { ValueKind: JsonValueKind.Array } parts => parts.EnumerateArray(),
        { ValueKind: JsonValueKind.Object } part => [part],
        _ => [],
    };

    private static IEnumerable<string> Kinds(JsonElement part, bool thought)
    {
        if (thought)
        {
            return ["thoughts"];
        }

        return part.ValueKind == JsonValueKind.Object
            ? part.EnumerateObject().Select(member => member.Name).Where(name => name is not ("thoughtSignature" or "text" or "thought"))
            : [];
    }

    private static GeminiUsage ReadUsage(JsonElement usage) => new(
        JsonRead.Integer(usage, "promptTokenCount") ?? 0,
        JsonRead.Integer(usage, "candidatesTokenCount") ?? 0,
        JsonRead.Integer(usage, "thoughtsTokenCount") ?? 0,
        JsonRead.Integer(usage, "cachedContentTokenCount") ?? 0,
        JsonRead.Integer(usage, "toolUsePromptTokenCount") ?? 0,
        JsonRead.Integer(usage, "totalTokenCount") ?? 0);
}
