namespace GeminiBatch.Emulator;

/// <summary>Paths of Cloud Storage's JSON API; object names are one segment, percent-encoded (protocol: 4).</summary>
internal sealed class StorageRouter(BucketsEndpoint buckets, ObjectsEndpoint objects, ObjectUploadEndpoint uploads)
{
    /// <summary>Null where the path is not Cloud Storage's.</summary>
    public Task<ApiReply>? Route(ApiCall call)
    {
        string[] path = call.Segments;
        var answer = (call.Request.Method, path) switch
        {
            ("POST", ["storage", "v1", "b"]) => buckets.CreateAsync(call),
            ("GET", ["storage", "v1", "b"]) => buckets.ListAsync(call),
            ("GET", ["storage", "v1", "b", var bucket]) => buckets.GetAsync(call, bucket),
            ("PATCH" or "PUT", ["storage", "v1", "b", var bucket]) => buckets.UpdateAsync(call, bucket),
            ("DELETE", ["storage", "v1", "b", var bucket]) => buckets.DeleteAsync(call, bucket),
            ("GET", ["storage", "v1", "b", var bucket, "iam", "testPermissions"]) => buckets.TestPermissionsAsync(call, bucket),
            ("GET", ["storage", "v1", "b", var bucket, "o"]) => objects.ListAsync(call, bucket),
            ("GET", ["storage", "v1", "b", var bucket, "o", var name]) => objects.GetAsync(call, bucket, name, isMedia: false),
            ("GET", ["download", "storage", "v1", "b", var bucket, "o", var name]) => objects.GetAsync(call, bucket, name, isMedia: true),
            ("DELETE", ["storage", "v1", "b", var bucket, "o", var name]) => objects.DeleteAsync(call, bucket, name),
            (_, ["upload", "storage", "v1", "b", var bucket, "o"]) => uploads.HandleAsync(call, bucket),
            _ => null,
        };
        return answer;
    }

    public static bool IsStorage(ApiCall call) => call.Segments is ["storage", "v1", ..] or ["upload", "storage", ..] or ["download", "storage", ..];
}
