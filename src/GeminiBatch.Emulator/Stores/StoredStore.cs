using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>A File Search store with its documents (protocol: 1.8).</summary>
internal sealed record StoredStore(string Id, string Owner, string DisplayName, string EmbeddingModel, DateTimeOffset CreateTime, ImmutableList<StoreDocument> Documents)
{
    public string Name => "fileSearchStores/" + Id;

    public JsonObject ToResource(DateTimeOffset now)
    {
        var resource = new JsonObject { ["name"] = Name };
        if (DisplayName.Length > 0)
        {
            resource["displayName"] = DisplayName;
        }

        resource["createTime"] = ProtoJson.Timestamp(CreateTime);
        resource["updateTime"] = ProtoJson.Timestamp(Documents.Select(document => document.CreateTime).Append(CreateTime).Max());
        AddCount(resource, "activeDocumentsCount", Documents.Count(document => document.StateAt(now) == "STATE_ACTIVE"));
        AddCount(resource, "pendingDocumentsCount", Documents.Count(document => document.StateAt(now) == "STATE_PENDING"));
        AddCount(resource, "sizeBytes", Documents.Sum(document => document.Size));
        resource["embeddingModel"] = EmbeddingModel;
        return resource;
    }

    public JsonObject ToState() => new()
    {
        ["id"] = Id,
        ["owner"] = Owner,
        ["displayName"] = DisplayName,
        ["embeddingModel"] = EmbeddingModel,
        ["createTime"] = ProtoJson.Timestamp(CreateTime),
        ["documents"] = new JsonArray([.. Documents.Select(document => document.ToState())]),
    };

    public static StoredStore FromState(JsonNode state) => new(
        state.FindText("id")!,
        state.FindText("owner")!,
        state.FindText("displayName") ?? "",
        state.FindText("embeddingModel")!,
        ProtoJson.ReadTimestamp(state.FindText("createTime")!),
        [.. state.Find("documents").Items().Select(StoreDocument.FromState)]);

    private static void AddCount(JsonObject resource, string name, long count)
    {
        if (count > 0)
        {
            resource[name] = count.ToString(CultureInfo.InvariantCulture);
        }
    }
}
