using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>One resumable upload to Cloud Storage: what was announced. Its bytes grow in a blob of the same name.</summary>
internal sealed record ObjectUpload(
    string Id,
    string Bucket,
    string Name,
    string ContentType,
    JsonObject? Metadata,
    long? AnnouncedSize,
    long? ExpectedGeneration,
    string? AnnouncedHash,
    DateTimeOffset StartTime)
{
    /// <summary>A session lives a week.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(7);

    public JsonObject ToState() => new()
    {
        ["id"] = Id,
        ["bucket"] = Bucket,
        ["name"] = Name,
        ["contentType"] = ContentType,
        ["metadata"] = Metadata?.DeepClone(),
        ["announcedSize"] = AnnouncedSize,
        ["expectedGeneration"] = ExpectedGeneration,
        ["announcedHash"] = AnnouncedHash,
        ["startTime"] = ProtoJson.Timestamp(StartTime),
    };

    public static ObjectUpload FromState(JsonNode state) => new(
        state.FindText("id")!,
        state.FindText("bucket")!,
        state.FindText("name")!,
        state.FindText("contentType")!,
        state.Find("metadata") as JsonObject,
        state.FindInteger("announcedSize"),
        state.FindInteger("expectedGeneration"),
        state.FindText("announcedHash"),
        ProtoJson.ReadTimestamp(state.FindText("startTime")!));
}
