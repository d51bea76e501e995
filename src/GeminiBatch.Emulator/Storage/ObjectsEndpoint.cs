using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Metadata, download, delete and list of objects (protocol: 4).</summary>
internal sealed class ObjectsEndpoint(ObjectStore store, Uri endpoint)
{
    private const int MaxResults = 1000;

    public async Task<ApiReply> GetAsync(ApiCall call, string bucket, string name, bool isMedia)
    {
        var isDownload = isMedia || call.Query("alt") == "media";
        await call.EnterAsync(isDownload ? EmulatedOperation.DownloadFile : EmulatedOperation.GetFile, store.Find(bucket, name)?.LogicalName ?? name);
        BucketsEndpoint.RefuseDenied(bucket, "storage.objects.get");
        var stored = FindGeneration(call, bucket, name);
        if (!isDownload)
        {
            return ApiReply.Ok(stored.ToResource(endpoint));
        }

        return new ApiReply(200)
        {
            ContentPath = store.ContentPath(stored),
            ContentType = stored.ContentType,
            Headers =
            [
                ("x-goog-hash", $"crc32c={stored.Digest.Crc32C},md5={stored.Digest.Md5}"),
                ("x-goog-generation", stored.Generation.ToString(CultureInfo.InvariantCulture)),
                ("x-goog-metageneration", "1"),
                ("x-goog-stored-content-length", stored.Digest.Size.ToString(CultureInfo.InvariantCulture)),
                ("x-goog-stored-content-encoding", "identity"),
                ("x-goog-storage-class", "STANDARD"),
                ("ETag", $"\"{stored.ETag}\""),
            ],
        };
    }

    public async Task<ApiReply> DeleteAsync(ApiCall call, string bucket, string name)
    {
        await call.EnterAsync(EmulatedOperation.DeleteFile, name);
        BucketsEndpoint.RefuseDenied(bucket, "storage.objects.delete");
        store.Delete(FindGeneration(call, bucket, name));
        return new ApiReply(204);
    }

    public async Task<ApiReply> ListAsync(ApiCall call, string bucket)
    {
        var prefix = call.Query("prefix") ?? "";
        await call.EnterAsync(EmulatedOperation.ListFiles, prefix);
        BucketsEndpoint.RefuseDenied(bucket, "storage.objects.list");
        var token = call.Query("pageToken") ?? "";
        var after = ReadToken(token);
        var body = new JsonObject { ["kind"] = "storage#objects" };
        if (call.Fault(EmulatedFaultKind.EmptyPage) is not null)
        {
            body["nextPageToken"] = WriteToken(after ?? "");
            return ApiReply.Ok(body);
        }

        var size = int.TryParse(call.Query("maxResults"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked > 0 ? Math.Min(asked, MaxResults) : MaxResults;
        var delimiter = call.Query("delimiter") ?? "";
        var items = new JsonArray();
        var prefixes = new JsonArray();
        string? lastPrefix = null;
        string? last = null;
        foreach (var stored in store.List(bucket, prefix))
        {
            var cut = delimiter.Length == 0 ? -1 : stored.Name.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            var position = cut < 0 ? stored.Name : stored.Name[..(cut + delimiter.Length)];
            if (position == lastPrefix || (after is { Length: > 0 } && Compare(position, after) <= 0))
            {
                continue;
            }

            if (items.Count + prefixes.Count == size)
            {
                body["nextPageToken"] = WriteToken(last!);
                break;
            }

            last = position;
            if (cut < 0)
            {
                items.Add((JsonNode)stored.ToResource(endpoint));
            }
            else
            {
                lastPrefix = position;
                prefixes.Add((JsonNode)position);
            }
        }

        // An empty list has no member, not an empty one (protocol: 4).
        if (prefixes.Count > 0)
        {
            body["prefixes"] = prefixes;
        }

        if (items.Count > 0)
        {
            body["items"] = items;
        }

        return ApiReply.Ok(FieldMask.Apply(body, call.Query("fields")));
    }

    private StoredObject FindGeneration(ApiCall call, string bucket, string name)
    {
        var stored = store.Get(bucket, name);
        if (long.TryParse(call.Query("generation"), NumberStyles.None, CultureInfo.InvariantCulture, out var generation) && generation != stored.Generation)
        {
            throw StorageException.NoObject(bucket, name);
        }

        ObjectStore.Expect(stored, ExpectedGeneration(call));
        return stored;
    }

    public static long? ExpectedGeneration(ApiCall call) => call.Query("ifGenerationMatch") is not { Length: > 0 } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var generation) ? generation
        : throw StorageException.Invalid($"Invalid value for ifGenerationMatch: {text}");

    private static int Compare(string one, string other) => Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other));

    private static string WriteToken(string position) => Convert.ToBase64String(Encoding.UTF8.GetBytes("/" + position));

    private static string? ReadToken(string token)
    {
        if (token.Length == 0)
        {
            return null;
        }

        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(token.Replace(' ', '+'))) is ['/', .. var position]
                ? position
                : throw StorageException.Invalid("Invalid page token.");
        }
        catch (FormatException)
        {
            throw StorageException.Invalid("Invalid page token.");
        }
    }
}
