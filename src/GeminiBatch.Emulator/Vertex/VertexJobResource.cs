using System.Globalization;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>A job as a batchPredictionJob (protocol: 3.4).</summary>
internal static class VertexJobResource
{
    private static readonly string[] Echoed = ["inputConfig", "outputConfig", "modelParameters", "instanceConfig", "serviceAccount", "encryptionSpec", "labels"];

    public static JsonObject Of(StoredBatch batch, string state, VertexOutput? output)
    {
        var vertex = batch.Vertex!;
        var resource = new JsonObject { ["name"] = batch.Name };
        if (batch.DisplayName.Length > 0)
        {
            resource["displayName"] = batch.DisplayName;
        }

        resource["model"] = vertex.Model;
        foreach (var name in Echoed)
        {
            if (vertex.Body.Find(name) is { } value)
            {
                // The keys of labels are the user's own.
                resource[name] = name == "labels" ? value.DeepClone() : Camel(value);
            }
        }

        if (output is not null && OutputInfo(batch, output) is { } info)
        {
            resource["outputInfo"] = info;
        }

        resource["state"] = "JOB_STATE_" + state["BATCH_STATE_".Length..];
        if (state is BatchState.Failed && batch.Error is { } error)
        {
            resource["error"] = new JsonObject { ["code"] = error.Code, ["message"] = error.Message };
            resource["completionStats"] = new JsonObject { ["incompleteCount"] = "-1" };
        }
        else if (state is BatchState.Cancelled)
        {
            resource["error"] = new JsonObject { ["code"] = 1, ["message"] = "CANCELED" };
        }

        if (output is not null && Stats(output) is { Count: > 0 } stats)
        {
            resource["completionStats"] = stats;
        }

        AddTimes(resource, batch, state);
        resource["modelVersionId"] = "1";
        return resource;
    }

    private static void AddTimes(JsonObject resource, StoredBatch batch, string state)
    {
        resource["createTime"] = Time(batch.CreateTime);
        var end = state switch
        {
            BatchState.Queued or BatchState.Pending or BatchState.Running or BatchState.Cancelling => (DateTimeOffset?)null,
            BatchState.Cancelled => batch.CancelTime + VertexJob.CancellingTime,
            _ => batch.EndTime,
        };
        var hasStarted = state != BatchState.Queued && state != BatchState.Pending && (batch.CancelTime ?? batch.EndTime) > batch.RunTime;
        if (hasStarted)
        {
            resource["startTime"] = Time(batch.RunTime);
        }

        if (end is { } ended)
        {
            resource["endTime"] = Time(ended);
        }

        resource["updateTime"] = Time(end ?? (hasStarted ? batch.RunTime : batch.CreateTime));
    }

    private static JsonObject? OutputInfo(StoredBatch batch, VertexOutput output)
    {
        var vertex = batch.Vertex!;
        if (vertex.OutputPrefix is not null)
        {
            return new JsonObject { ["gcsOutputDirectory"] = "gs://" + output.Directory };
        }

        if (vertex.OutputTable is not { } table)
        {
            return null;
        }

        // bq://project.dataset or bq://project.dataset.table: without a table, one is named after the time (protocol: 3.7).
        var names = table["bq://".Length..].Split('.');
        return new JsonObject
        {
            ["bigqueryOutputDataset"] = "bq://" + string.Join('.', names.Take(2)),
            ["bigqueryOutputTable"] = names.Length > 2 ? names[2] : output.Directory,
        };
    }

    private static JsonObject Stats(VertexOutput output)
    {
        var stats = new JsonObject();
        foreach (var (name, count) in new[] { ("successfulCount", output.Succeeded), ("failedCount", output.Failed), ("incompleteCount", output.Incomplete) })
        {
            if (count != 0)
            {
                stats[name] = count.ToString(CultureInfo.InvariantCulture);
            }
        }

        return stats;
    }

    private static JsonNode Camel(JsonNode node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(ProtoJson.ToCamel(member.Key), member.Value is { } value ? Camel(value) : null))),
        JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : Camel(item))]),
        _ => node.DeepClone(),
    };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
