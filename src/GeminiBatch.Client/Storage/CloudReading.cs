using System.Text.Json;

namespace GeminiBatch;

/// <summary>Reads the resources of the Cloud Storage JSON API (protocol: 4).</summary>
internal static class CloudReading
{
    internal const string Sha256Member = "gemini-batch-sha256";

    internal static CloudObject? Object(JsonElement element)
    {
        if (JsonRead.Text(element, "bucket") is not { Length: > 0 } bucket || JsonRead.Text(element, "name") is not { Length: > 0 } name)
        {
            return null;
        }

        return new CloudObject
        {
            Name = new CloudObjectName(bucket, name),
            Generation = JsonRead.Integer(element, "generation") ?? 0,
            Size = JsonRead.Integer(element, "size") ?? 0,
            ContentType = JsonRead.Text(element, "contentType"),
            Crc32C = GeminiBatch.Crc32C.FromBase64(JsonRead.Text(element, "crc32c")),
            Sha256Hex = JsonRead.Object(element, "metadata") is { } metadata ? JsonRead.Text(metadata, Sha256Member) : null,
            CreateTime = JsonRead.Time(element, "timeCreated"),
        };
    }

    internal static CloudBucket? Bucket(JsonElement element)
    {
        if (JsonRead.Text(element, "name") is not { Length: > 0 } name)
        {
            return null;
        }

        JsonElement access = JsonRead.Object(element, "iamConfiguration") is { } iam ? JsonRead.Object(iam, "uniformBucketLevelAccess") ?? default : default;
        return new CloudBucket
        {
            Name = name,
            Location = (JsonRead.Text(element, "location") ?? "").ToLowerInvariant(),
            LocationType = JsonRead.Text(element, "locationType") ?? "",
            HasUniformAccess = JsonRead.Boolean(access, "enabled") ?? false,
            Deletions = [.. JsonRead.Object(element, "lifecycle") is { } lifecycle ? Deletions(lifecycle) : []],
        };
    }

    private static IEnumerable<(string Prefix, int Days)> Deletions(JsonElement lifecycle)
    {
        foreach (JsonElement rule in CatalogueReading.Items(lifecycle, "rule"))
        {
            JsonElement condition = JsonRead.Object(rule, "condition") ?? default;
            bool deletes = JsonRead.Object(rule, "action") is { } action && JsonRead.Text(action, "type") == "Delete";
            if (!deletes || JsonRead.Int32(condition, "age") is not { } days)
            {
                continue;
            }

            List<string> prefixes = CatalogueReading.Texts(condition, "matchesPrefix");
            foreach (string prefix in prefixes.Count == 0 ? [""] : prefixes)
            {
                yield return (prefix, days);
            }
        }
    }
}
