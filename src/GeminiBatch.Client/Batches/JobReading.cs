using System.Runtime.InteropServices;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Reads a job from the operation that the Developer API sends (protocol: 1.5).</summary>
internal static class JobReading
{
    private const int GrpcCancelled = 1;

    /// <summary>Null when the element has no name and so is no job.</summary>
    internal static GeminiBatchJob? ReadDeveloper(JsonElement operation)
    {
        JsonElement metadata = JsonRead.Object(operation, "metadata") ?? default;
        string? name = JsonRead.Text(operation, "name") ?? JsonRead.Text(metadata, "name");
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }

        JsonElement output = JsonRead.Object(metadata, "output") ?? default;
        JsonElement response = JsonRead.Object(operation, "response") ?? default;
        string? resultsFile = JsonRead.Text(output, "responsesFile") ?? JsonRead.Text(response, "responsesFile");
        JsonElement? inline = Inline(output) ?? Inline(response);
        GeminiStatus? error = Error(operation) ?? Error(metadata);
        string rawState = JsonRead.TextOrNumber(metadata, "state") ?? "";
        GeminiBatchState state = JobStates.ReadDeveloper(rawState);
        bool hasResults = resultsFile is not null || inline is not null;
        if (state == GeminiBatchState.Unknown && JsonRead.Boolean(operation, "done") == true)
        {
            state = Ended(error, hasResults);
        }

        JsonElement stats = JsonRead.Object(metadata, "batchStats") ?? default;
        bool counted = stats.ValueKind == JsonValueKind.Object;
        return new GeminiBatchJob
        {
            Name = name,
            DisplayName = JsonRead.Text(metadata, "displayName") ?? "",
            Model = JsonRead.Text(metadata, "model") ?? "",
            State = state,
            RawState = rawState,
            IsTerminal = JobStates.IsTerminal(state, hasResults),
            InputFile = JsonRead.Object(metadata, "inputConfig") is { } input ? JsonRead.Text(input, "fileName") : null,
            ResultsFile = resultsFile,
            HasInlineResults = inline is not null,
            InlineResults = inline is { } rows ? JsonMarshal.GetRawUtf8Value(rows).ToArray() : default,
            RequestCount = Count(stats, "requestCount", counted),
            SucceededCount = Count(stats, "successfulRequestCount", counted),
            FailedCount = Count(stats, "failedRequestCount", counted),
            PendingCount = Count(stats, "pendingRequestCount", counted),
            Error = error,
            CreateTime = JsonRead.Time(metadata, "createTime"),
            EndTime = JsonRead.Time(metadata, "endTime"),
            UpdateTime = JsonRead.Time(metadata, "updateTime"),
        };
    }

    // Counters of zero are left out once there are counters at all.
    private static long? Count(JsonElement stats, string name, bool counted) => JsonRead.Integer(stats, name) ?? (counted ? 0 : null);

    private static JsonElement? Inline(JsonElement output) => JsonRead.Member(output, "inlinedResponses") switch
    {
        { ValueKind: JsonValueKind.Array } rows => rows,
        { ValueKind: JsonValueKind.Object } nested => JsonRead.Array(nested, "inlinedResponses"),
        _ => null,
    };

    internal static GeminiStatus? Error(JsonElement element) => JsonRead.Member(element, "error") switch
    {
        { ValueKind: JsonValueKind.Object } error => new GeminiStatus(JsonRead.Int32(error, "code"), JsonRead.Text(error, "message") ?? ""),
        { ValueKind: JsonValueKind.String } error => new GeminiStatus(null, error.GetString() ?? ""),
        _ => null,
    };

    private static GeminiBatchState Ended(GeminiStatus? error, bool hasResults) => error switch
    {
        { Code: GrpcCancelled } => GeminiBatchState.Cancelled,
        not null => GeminiBatchState.Failed,
        null => hasResults ? GeminiBatchState.Succeeded : GeminiBatchState.Unknown,
    };
}
