using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GeminiBatch.Emulator;

/// <summary>Create, get, list, update and delete of buckets, and the question of what one may do with them (protocol: 4).</summary>
internal sealed partial class BucketsEndpoint(ObjectStore store, TimeProvider clock, Uri endpoint)
{
    public async Task<ApiReply> CreateAsync(ApiCall call)
    {
        var body = await call.ReadBodyAsync() as JsonObject ?? [];
        var name = body.FindText("name") ?? "";
        await call.EnterAsync(EmulatedOperation.CreateBucket, name);
        if (string.IsNullOrEmpty(call.Query("project")))
        {
            throw StorageException.Required("Required parameter: project");
        }

        if (!NameRule().IsMatch(name) || name.StartsWith("goog", StringComparison.Ordinal))
        {
            throw StorageException.Invalid($"Invalid bucket name: '{name}'");
        }

        RefuseDenied(name, "storage.buckets.create");
        var bucket = new StoredBucket(name, call.Query("project")!, (body.FindText("location") ?? "US").ToUpperInvariant(), (JsonObject)body.DeepClone(), clock.GetUtcNow(), 1);
        return ApiReply.Ok(store.AddBucket(bucket).ToResource(endpoint));
    }

    public async Task<ApiReply> ListAsync(ApiCall call)
    {
        await call.EnterAsync(EmulatedOperation.ListBuckets, "");
        var items = store.Buckets(call.Query("project") ?? "").Select(bucket => (JsonNode)bucket.ToResource(endpoint)).ToArray();
        var body = new JsonObject { ["kind"] = "storage#buckets" };
        if (items.Length > 0)
        {
            body["items"] = new JsonArray(items);
        }

        return ApiReply.Ok(body);
    }

    public async Task<ApiReply> GetAsync(ApiCall call, string name)
    {
        await call.EnterAsync(EmulatedOperation.GetBucket, name);
        RefuseDenied(name, "storage.buckets.get");
        return ApiReply.Ok(store.Bucket(name).ToResource(endpoint));
    }

    public async Task<ApiReply> UpdateAsync(ApiCall call, string name)
    {
        var body = await call.ReadBodyAsync() as JsonObject ?? [];
        await call.EnterAsync(EmulatedOperation.Other, name);
        var bucket = store.Bucket(name);
        var settings = (JsonObject)bucket.Settings.DeepClone();
        foreach (var (member, value) in body)
        {
            settings[member] = value?.DeepClone();
        }

        var updated = bucket with { Settings = settings, Metageneration = bucket.Metageneration + 1 };
        store.Save(updated);
        return ApiReply.Ok(updated.ToResource(endpoint));
    }

    public async Task<ApiReply> DeleteAsync(ApiCall call, string name)
    {
        await call.EnterAsync(EmulatedOperation.Other, name);
        store.DeleteBucket(name);
        return new ApiReply(204);
    }

    /// <summary>All that is asked for is allowed, but nothing on a bucket whose name begins with "denied".</summary>
    public async Task<ApiReply> TestPermissionsAsync(ApiCall call, string name)
    {
        await call.EnterAsync(EmulatedOperation.TestPermissions, name);
        store.Bucket(name);
        var body = new JsonObject { ["kind"] = "storage#testIamPermissionsResponse" };
        if (!IsDenied(name))
        {
            body["permissions"] = new JsonArray([.. call.Request.Query["permissions"].Select(permission => (JsonNode?)permission)]);
        }

        return ApiReply.Ok(body);
    }

    public static void RefuseDenied(string bucket, string permission)
    {
        if (IsDenied(bucket))
        {
            throw StorageException.Denied(permission, bucket);
        }
    }

    private static bool IsDenied(string bucket) => bucket.StartsWith("denied", StringComparison.Ordinal);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]\z")]
    private static partial Regex NameRule();
}
