using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>One resumable upload to the Files API: what was announced. Its bytes grow in a blob of the same name.</summary>
internal sealed record UploadSession(
    string Id,
    string Owner,
    string? FileId,
    string? DisplayName,
    string MimeType,
    long? AnnouncedSize,
    DateTimeOffset StartTime)
{
    /// <summary>How long an unfinished upload is kept: as long as a file would live.</summary>
    public static TimeSpan Lifetime => StoredFile.Lifetime;

    /// <summary>A store to import the file into when it is complete; null for an upload to the Files API.</summary>
    public string? Store { get; init; }

    /// <summary>What the start of an upload to a store said of the document to be.</summary>
    public JsonObject? DocumentSettings { get; init; }

    public string LogicalName => FileId ?? DisplayName ?? "";

    public JsonObject ToState() => new()
    {
        ["id"] = Id,
        ["owner"] = Owner,
        ["fileId"] = FileId,
        ["displayName"] = DisplayName,
        ["mimeType"] = MimeType,
        ["announcedSize"] = AnnouncedSize,
        ["startTime"] = ProtoJson.Timestamp(StartTime),
        ["store"] = Store,
        ["documentSettings"] = DocumentSettings?.DeepClone(),
    };

    public static UploadSession FromState(JsonNode state) => new(
        state.FindText("id")!,
        state.FindText("owner")!,
        state.FindText("fileId"),
        state.FindText("displayName"),
        state.FindText("mimeType")!,
        state.FindInteger("announcedSize"),
        state.FindText("startTime") is { } time ? ProtoJson.ReadTimestamp(time) : DateTimeOffset.UnixEpoch)
    {
        Store = state.FindText("store"),
        DocumentSettings = state.Find("documentSettings") as JsonObject,
    };
}
