using System.Globalization;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>A job as an Operation (protocol: 1.5).</summary>
internal static class BatchResource
{
    private const string TypePrefix = "type.googleapis.com/google.ai.generativelanguage.v1main.";

    /// <summary>The whole truth. <paramref name="result"/> is known when the job has succeeded; <paramref name="output"/> is null while it is withheld.</summary>
    public static JsonObject Full(StoredBatch batch, string state, BatchResult? result, JsonObject? output)
    {
        var metadata = Head(batch);
        if (batch.InputFile is not null)
        {
            metadata["inputConfig"] = new JsonObject { ["fileName"] = batch.InputFile };
        }

        if (output is not null)
        {
            metadata["output"] = output;
        }

        AddTimes(metadata, batch, state);
        metadata["batchStats"] = Stats(batch, state, output is null && state == BatchState.Succeeded ? null : result);
        AddTail(metadata, batch, state);
        var operation = new JsonObject { ["name"] = batch.Name, ["metadata"] = metadata };
        var isDone = state is not (BatchState.Pending or BatchState.Running) && !(state == BatchState.Succeeded && output is null);
        if (isDone)
        {
            operation["done"] = true;
        }

        if (output is not null)
        {
            var response = new JsonObject { ["@type"] = TypePrefix + (batch.Embeddings ? "EmbedContentBatchOutput" : "GenerateContentBatchOutput") };
            foreach (var (name, value) in output)
            {
                response[name] = value?.DeepClone();
            }

            operation["response"] = response;
        }

        if (state == BatchState.Failed)
        {
            operation["error"] = new JsonObject { ["code"] = batch.Error?.Code ?? 13, ["message"] = batch.Error?.Message ?? "Internal error while preparing the batch." };
        }
        else if (state == BatchState.Cancelled)
        {
            operation["error"] = new JsonObject { ["code"] = 1, ["message"] = "The operation was cancelled." };
        }

        return operation;
    }

    /// <summary>As a list shows it: counters of the day it was created, and no output (protocol: 1.5).</summary>
    public static JsonObject Listed(StoredBatch batch, string state)
    {
        var metadata = Head(batch);
        AddTimes(metadata, batch, state);
        metadata["batchStats"] = Stats(batch, BatchState.Pending, null);
        AddTail(metadata, batch, state);
        var operation = new JsonObject { ["name"] = batch.Name, ["metadata"] = metadata };
        if (state is not (BatchState.Pending or BatchState.Running))
        {
            operation["done"] = true;
        }

        return operation;
    }

    /// <summary>The job itself, as an update answers it.</summary>
    public static JsonObject Itself(StoredBatch batch, string state)
    {
        var resource = (JsonObject)Listed(batch, state)["metadata"]!.DeepClone();
        resource.Remove("@type");
        return resource;
    }

    private static JsonObject Head(StoredBatch batch)
    {
        var metadata = new JsonObject
        {
            ["@type"] = TypePrefix + (batch.Embeddings ? "EmbedContentBatch" : "GenerateContentBatch"),
            ["model"] = "models/" + batch.Model,
        };
        if (batch.DisplayName.Length > 0)
        {
            metadata["displayName"] = batch.DisplayName;
        }

        return metadata;
    }

    private static void AddTimes(JsonObject metadata, StoredBatch batch, string state)
    {
        metadata["createTime"] = ProtoJson.Timestamp(batch.CreateTime);
        var end = state switch
        {
            BatchState.Pending or BatchState.Running => (DateTimeOffset?)null,
            BatchState.Cancelled => batch.CancelTime,
            _ => batch.EndTime,
        };
        if (end is { } ended)
        {
            metadata["endTime"] = ProtoJson.Timestamp(ended);
        }

        // While it runs, the update time stays that of the creation, as recorded (protocol: 1.5).
        metadata["updateTime"] = ProtoJson.Timestamp(end ?? batch.CreateTime);
    }

    private static void AddTail(JsonObject metadata, StoredBatch batch, string state)
    {
        metadata["state"] = state;
        metadata["name"] = batch.Name;
        if (batch.Priority != 0)
        {
            metadata["priority"] = Text(batch.Priority);
        }
    }

    private static JsonObject Stats(StoredBatch batch, string state, BatchResult? result)
    {
        var stats = new JsonObject { ["requestCount"] = Text(batch.RequestCount) };
        if (state == BatchState.Failed)
        {
            stats["failedRequestCount"] = Text(batch.RequestCount);
            return stats;
        }

        if (result is null)
        {
            stats["pendingRequestCount"] = Text(batch.RequestCount);
            return stats;
        }

        if (result.Succeeded > 0)
        {
            stats["successfulRequestCount"] = Text(result.Succeeded);
        }

        if (result.Failed > 0)
        {
            stats["failedRequestCount"] = Text(result.Failed);
        }

        return stats;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
