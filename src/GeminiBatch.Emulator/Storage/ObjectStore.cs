using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>All buckets and their objects. Listings are strongly consistent and in the order of the names' UTF-8 bytes (protocol: 4).</summary>
internal sealed class ObjectStore
{
    private readonly StateFolder state;
    private readonly BlobStore blobs;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, StoredBucket> buckets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<string, StoredObject>> objects = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StoredObject> byBlob = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private long lastGeneration;

    public ObjectStore(StateFolder state, BlobStore blobs, TimeProvider clock)
    {
        this.state = state;
        this.blobs = blobs;
        this.clock = clock;
        blobs.AddUser(byBlob.ContainsKey);
        foreach (var path in Directory.EnumerateFiles(state.Buckets, "*.json"))
        {
            var bucket = StoredBucket.FromState(JsonNode.Parse(File.ReadAllBytes(path))!);
            buckets[bucket.Name] = bucket;
        }

        foreach (var path in Directory.EnumerateFiles(state.Objects, "*.json"))
        {
            var stored = StoredObject.FromState(JsonNode.Parse(File.ReadAllBytes(path))!);
            Keep(stored);
            lastGeneration = Math.Max(lastGeneration, stored.Generation);
        }
    }

    public IEnumerable<StoredBucket> Buckets(string project) =>
        buckets.Values.Where(bucket => ProjectNumber.Of(bucket.Project) == ProjectNumber.Of(project)).OrderBy(bucket => bucket.Name, StringComparer.Ordinal);

    public StoredBucket? FindBucket(string name) => buckets.GetValueOrDefault(name);

    public StoredBucket Bucket(string name) => FindBucket(name) ?? throw StorageException.NoBucket();

    public StoredBucket AddBucket(StoredBucket bucket)
    {
        lock (gate)
        {
            if (buckets.TryGetValue(bucket.Name, out var existing))
            {
                throw ProjectNumber.Of(existing.Project) == ProjectNumber.Of(bucket.Project)
                    ? StorageException.Conflict("Your previous request to create the named bucket succeeded and you already own it.")
                    : StorageException.Conflict("The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.");
            }

            Save(bucket);
            return bucket;
        }
    }

    public void Save(StoredBucket bucket)
    {
        state.Replace(BucketPath(bucket.Name), ProtoJson.ToCompactUtf8(bucket.ToState()));
        buckets[bucket.Name] = bucket;
    }

    public void DeleteBucket(string name)
    {
        lock (gate)
        {
            if (objects.TryGetValue(Bucket(name).Name, out var held) && held.Count > 0)
            {
                throw StorageException.Conflict("The bucket you tried to delete is not empty.");
            }

            buckets.TryRemove(name, out _);
            state.Delete(BucketPath(name));
        }
    }

    public StoredObject? Find(string bucket, string name)
    {
        lock (gate)
        {
            return objects.TryGetValue(bucket, out var held) ? held.GetValueOrDefault(name) : null;
        }
    }

    public StoredObject Get(string bucket, string name)
    {
        Bucket(bucket);
        return Find(bucket, name) ?? throw StorageException.NoObject(bucket, name);
    }

    public StoredObject? FindByBlob(string blob) => byBlob.GetValueOrDefault(blob);

    public string ContentPath(StoredObject stored) => blobs.PathOf(stored.Blob);

    /// <summary>Makes a blob the newest generation of an object, if the generation there is the one expected: 0 stands for none, null for any.</summary>
    public StoredObject Put(string bucket, string name, string contentType, string blob, ContentDigest digest, JsonObject? metadata, long? expectedGeneration, string? logicalName = null)
    {
        StoredObject? replaced;
        StoredObject stored;
        lock (gate)
        {
            Bucket(bucket);
            replaced = Find(bucket, name);
            Expect(replaced, expectedGeneration);
            var now = clock.GetUtcNow();
            // Microseconds since 1970, as real generations are, and never the same twice.
            lastGeneration = Math.Max(lastGeneration + 1, now.ToUnixTimeMilliseconds() * 1000);
            stored = new StoredObject(bucket, name, lastGeneration, contentType, blob, digest, now) { Metadata = metadata, LogicalName = logicalName ?? name };
            state.Replace(ObjectPath(bucket, name), ProtoJson.ToCompactUtf8(stored.ToState()));
            Keep(stored);
        }

        Drop(replaced);
        return stored;
    }

    public static void Expect(StoredObject? current, long? generation)
    {
        if (generation is { } expected && expected != (current?.Generation ?? 0))
        {
            throw StorageException.Precondition();
        }
    }

    public void Delete(StoredObject stored)
    {
        lock (gate)
        {
            if (!ReferenceEquals(Find(stored.Bucket, stored.Name), stored))
            {
                throw StorageException.NoObject(stored.Bucket, stored.Name);
            }

            objects[stored.Bucket].Remove(stored.Name);
            state.Delete(ObjectPath(stored.Bucket, stored.Name));
        }

        Drop(stored);
    }

    /// <summary>The objects of a bucket whose names begin with a prefix, in order.</summary>
    public IReadOnlyList<StoredObject> List(string bucket, string prefix)
    {
        lock (gate)
        {
            return objects.TryGetValue(Bucket(bucket).Name, out var held)
                ? [.. held.Values.Where(stored => stored.Name.StartsWith(prefix, StringComparison.Ordinal))]
                : [];
        }
    }

    private void Keep(StoredObject stored)
    {
        if (!objects.TryGetValue(stored.Bucket, out var held))
        {
            objects[stored.Bucket] = held = new SortedDictionary<string, StoredObject>(Utf8Order.Comparer);
        }

        held[stored.Name] = stored;
        byBlob[stored.Blob] = stored;
    }

    private void Drop(StoredObject? stored)
    {
        if (stored is not null)
        {
            byBlob.TryRemove(stored.Blob, out _);
            blobs.Release(stored.Blob);
        }
    }

    private string BucketPath(string name) => Path.Combine(state.Buckets, name + ".json");

    // Object names may hold anything, and be longer than a file name can.
    private string ObjectPath(string bucket, string name) =>
        Path.Combine(state.Objects, StableHash.Identifier($"object\n{bucket}\n{name}", 40) + ".json");

    private static class Utf8Order
    {
        public static IComparer<string> Comparer { get; } = Comparer<string>.Create(static (one, other) => Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other)));
    }
}
