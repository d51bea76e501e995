using System.Globalization;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>One document of a store (protocol: 1.8). It is active only some time after its operation is done.</summary>
internal sealed record StoreDocument(string Id, string OperationId, string DisplayName, string MimeType, long Size, JsonArray? CustomMetadata, DateTimeOffset CreateTime, DateTimeOffset DoneTime)
{
    /// <summary>The upload that it came by; null for one that was imported.</summary>
    public string? UploadId { get; init; }

    public string StateAt(DateTimeOffset now) => now >= DoneTime + (DoneTime - CreateTime) ? "STATE_ACTIVE" : "STATE_PENDING";

    public JsonObject ToResource(string store, DateTimeOffset now)
    {
        var resource = new JsonObject
        {
            ["name"] = $"{store}/documents/{Id}",
            ["displayName"] = DisplayName,
            ["state"] = StateAt(now),
            ["sizeBytes"] = Size.ToString(CultureInfo.InvariantCulture),
            ["mimeType"] = MimeType,
            ["createTime"] = ProtoJson.Timestamp(CreateTime),
            ["updateTime"] = ProtoJson.Timestamp(now < DoneTime ? CreateTime : DoneTime),
        };
        if (CustomMetadata is { Count: > 0 })
        {
            resource["customMetadata"] = CustomMetadata.DeepClone();
        }

        return resource;
    }

    public JsonObject ToOperation(string store, string collection, DateTimeOffset now)
    {
        var operation = new JsonObject { ["name"] = $"{store}/{collection}/{OperationId}" };
        if (now >= DoneTime)
        {
            operation["done"] = true;
            operation["response"] = new JsonObject
            {
                ["@type"] = $"type.googleapis.com/google.ai.generativelanguage.v1main.{(collection == "operations" ? "ImportFileResponse" : "UploadToFileSearchStoreResponse")}",
                ["parent"] = store,
                ["documentName"] = $"{store}/documents/{Id}",
            };
        }

        return operation;
    }

    public JsonObject ToState() => new()
    {
        ["id"] = Id,
        ["operationId"] = OperationId,
        ["displayName"] = DisplayName,
        ["mimeType"] = MimeType,
        ["size"] = Size,
        ["customMetadata"] = CustomMetadata?.DeepClone(),
        ["createTime"] = ProtoJson.Timestamp(CreateTime),
        ["doneTime"] = ProtoJson.Timestamp(DoneTime),
        ["uploadId"] = UploadId,
    };

    public static StoreDocument FromState(JsonNode state) => new(
        state.FindText("id")!,
        state.FindText("operationId")!,
        state.FindText("displayName")!,
        state.FindText("mimeType")!,
        state.FindInteger("size") ?? 0,
        state.Find("customMetadata") as JsonArray,
        ProtoJson.ReadTimestamp(state.FindText("createTime")!),
        ProtoJson.ReadTimestamp(state.FindText("doneTime")!))
    {
        UploadId = state.FindText("uploadId"),
    };
}
