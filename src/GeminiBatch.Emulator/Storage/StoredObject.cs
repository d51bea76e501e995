using System.Globalization;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>One generation of an object (protocol: 4). Its bytes lie in a blob.</summary>
internal sealed record StoredObject(
    string Bucket,
    string Name,
    long Generation,
    string ContentType,
    string Blob,
    ContentDigest Digest,
    DateTimeOffset CreateTime)
{
    /// <summary>The metadata that a user gave it.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>What faults know it by: its name, or the display name of the job that wrote it.</summary>
    public string LogicalName { get; init; } = Name;

    public JsonObject ToResource(Uri endpoint)
    {
        var generation = Generation.ToString(CultureInfo.InvariantCulture);
        var path = $"storage/v1/b/{Bucket}/o/{Uri.EscapeDataString(Name)}";
        var resource = new JsonObject
        {
            ["kind"] = "storage#object",
            ["id"] = $"{Bucket}/{Name}/{generation}",
            ["selfLink"] = endpoint + path,
            ["mediaLink"] = $"{endpoint}download/{path}?generation={generation}&alt=media",
            ["name"] = Name,
            ["bucket"] = Bucket,
            ["generation"] = generation,
            ["metageneration"] = "1",
            ["contentType"] = ContentType,
            ["storageClass"] = "STANDARD",
            ["size"] = Digest.Size.ToString(CultureInfo.InvariantCulture),
            ["md5Hash"] = Digest.Md5,
            ["crc32c"] = Digest.Crc32C,
            ["etag"] = ETag,
            ["timeCreated"] = StorageTime.Write(CreateTime),
            ["updated"] = StorageTime.Write(CreateTime),
        };
        if (Metadata is not null)
        {
            resource["metadata"] = Metadata.DeepClone();
        }

        return resource;
    }

    public string ETag => Convert.ToBase64String(BitConverter.GetBytes(Generation));

    public JsonObject ToState() => new()
    {
        ["bucket"] = Bucket,
        ["name"] = Name,
        ["generation"] = Generation,
        ["contentType"] = ContentType,
        ["blob"] = Blob,
        ["size"] = Digest.Size,
        ["sha256"] = Digest.Sha256,
        ["md5"] = Digest.Md5,
        ["crc32c"] = Digest.Crc32C,
        ["createTime"] = ProtoJson.Timestamp(CreateTime),
        ["metadata"] = Metadata?.DeepClone(),
        ["logicalName"] = LogicalName,
    };

    public static StoredObject FromState(JsonNode state) => new(
        state.FindText("bucket")!,
        state.FindText("name")!,
        state.FindInteger("generation") ?? 0,
        state.FindText("contentType")!,
        state.FindText("blob")!,
        new ContentDigest(state.FindInteger("size") ?? 0, state.FindText("sha256")!, state.FindText("md5")!, state.FindText("crc32c")!),
        ProtoJson.ReadTimestamp(state.FindText("createTime")!))
    {
        Metadata = state.Find("metadata") as JsonObject,
        LogicalName = state.FindText("logicalName")!,
    };
}
