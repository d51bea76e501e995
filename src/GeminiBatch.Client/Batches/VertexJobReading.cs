using System.Text.Json;

namespace GeminiBatch;

/// <summary>Reads a batch prediction job (protocol: 3.4).</summary>
internal static class VertexJobReading
{
    /// <summary>Null when the element has no name and so is no job.</summary>
    internal static GeminiBatchJob? Read(JsonElement job)
    {
        if (JsonRead.Text(job, "name") is not { Length: > 0 } name)
        {
            return null;
        }

        string rawState = JsonRead.TextOrNumber(job, "state") ?? "";
        GeminiBatchState state = JobStates.ReadVertex(rawState);
        JsonElement output = JsonRead.Object(job, "outputInfo") ?? default;
        string? folder = JsonRead.Text(output, "gcsOutputDirectory");
        string? table = BigQueryAddress.Table(JsonRead.Text(output, "bigqueryOutputDataset"), JsonRead.Text(output, "bigqueryOutputTable"));
        JsonElement stats = JsonRead.Object(job, "completionStats") ?? default;
        bool counted = stats.ValueKind == JsonValueKind.Object;
        long? succeeded = JsonRead.Integer(stats, "successfulCount") ?? (counted ? 0 : null);
        long? failed = JsonRead.Integer(stats, "failedCount") ?? (counted ? 0 : null);

        // -1 is "not known".
        long? pending = JsonRead.Integer(stats, "incompleteCount") is { } incomplete ? (incomplete < 0 ? null : incomplete) : counted ? 0 : null;
        return new GeminiBatchJob
        {
            Name = name,
            DisplayName = JsonRead.Text(job, "displayName") ?? "",
            Model = JsonRead.Text(job, "model") ?? "",
            State = state,
            RawState = rawState,
            IsTerminal = JobStates.IsTerminal(state, hasResults: !string.IsNullOrEmpty(folder) || table is not null),
            InputFile = Input(job),
            ResultsFolder = string.IsNullOrEmpty(folder) ? null : folder,
            ResultsTable = table,
            RequestCount = succeeded + failed + pending,
            SucceededCount = succeeded,
            FailedCount = failed,
            PendingCount = pending,
            Error = JobReading.Error(job),
            PartialFailures = [.. CatalogueReading.Items(job, "partialFailures").Select(static failure => new GeminiStatus(JsonRead.Int32(failure, "code"), JsonRead.Text(failure, "message") ?? ""))],
            CreateTime = JsonRead.Time(job, "createTime"),
            EndTime = JsonRead.Time(job, "endTime"),
            UpdateTime = JsonRead.Time(job, "updateTime"),
        };
    }

    private static string? Input(JsonElement job)
    {
        JsonElement input = JsonRead.Object(job, "inputConfig") ?? default;
        if (JsonRead.Object(input, "gcsSource") is { } files)
        {
            return CatalogueReading.Texts(files, "uris").FirstOrDefault();
        }

        return JsonRead.Object(input, "bigquerySource") is { } table ? JsonRead.Text(table, "inputUri") : null;
    }
}
