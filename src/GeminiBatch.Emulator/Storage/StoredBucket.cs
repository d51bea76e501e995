using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>A bucket (protocol: 4). Its settings are kept as they were sent.</summary>
internal sealed record StoredBucket(string Name, string Project, string Location, JsonObject Settings, DateTimeOffset CreateTime, long Metageneration)
{
    private static readonly HashSet<string> MultiRegions = new(StringComparer.Ordinal) { "US", "EU", "ASIA" };

    public JsonObject ToResource(Uri endpoint)
    {
        var resource = new JsonObject
        {
            ["kind"] = "storage#bucket",
            ["selfLink"] = $"{endpoint}storage/v1/b/{Name}",
            ["id"] = Name,
            ["name"] = Name,
            ["projectNumber"] = ProjectNumber.Of(Project),
            ["generation"] = CreateTime.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["metageneration"] = Metageneration.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["location"] = Location,
            ["locationType"] = MultiRegions.Contains(Location) ? "multi-region" : "region",
            ["storageClass"] = "STANDARD",
            ["timeCreated"] = StorageTime.Write(CreateTime),
            ["updated"] = StorageTime.Write(CreateTime),
            ["etag"] = "CAE=",
        };
        foreach (var (name, value) in Settings)
        {
            if (!resource.ContainsKey(name))
            {
                resource[name] = value?.DeepClone();
            }
        }

        return resource;
    }

    public JsonObject ToState() => new()
    {
        ["name"] = Name,
        ["project"] = Project,
        ["location"] = Location,
        ["settings"] = Settings.DeepClone(),
        ["createTime"] = ProtoJson.Timestamp(CreateTime),
        ["metageneration"] = Metageneration,
    };

    public static StoredBucket FromState(JsonNode state) => new(
        state.FindText("name")!,
        state.FindText("project")!,
        state.FindText("location")!,
        state.Find("settings") as JsonObject ?? [],
        ProtoJson.ReadTimestamp(state.FindText("createTime")!),
        state.FindInteger("metageneration") ?? 1);
}
