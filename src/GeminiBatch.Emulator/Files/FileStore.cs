using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>The uploaded files of all keys. Names are one space for everybody; what is not one's own is as good as missing.</summary>
internal sealed class FileStore
{
    private readonly StateFolder state;
    private readonly BlobStore blobs;
    private readonly TimeProvider clock;
    private readonly TimeSpan processingTime;
    private readonly ConcurrentDictionary<string, StoredFile> files = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    public FileStore(StateFolder state, BlobStore blobs, TimeProvider clock, TimeSpan processingTime)
    {
        this.processingTime = processingTime;
        this.state = state;
        this.blobs = blobs;
        this.clock = clock;
        blobs.AddUser(blob => FindByBlob(blob) is not null);
        foreach (var path in Directory.EnumerateFiles(state.Files, "*.json"))
        {
            var file = StoredFile.FromState(JsonNode.Parse(File.ReadAllBytes(path))!);
            files[file.Id] = file;
        }
    }

    public bool IsTaken(string id) => Live(id) is not null;

    /// <summary>The caller's own file; otherwise 403, as for a missing or expired one (protocol: 1.6).</summary>
    public StoredFile Get(string owner, string id) => Find(owner, id) ?? throw ApiException.NoFile(id);

    public StoredFile? Find(string owner, string id) => Live(id) is { } file && file.Owner == owner ? file : null;

    public StoredFile? FindByBlob(string blob) => blob.Length == 0 ? null : files.Values.FirstOrDefault(file => file.Blob == blob);

    public IReadOnlyList<StoredFile> List(string owner) =>
        [.. files.Values.Where(file => file.Owner == owner && !IsExpired(file)).OrderByDescending(file => file.CreateTime).ThenBy(file => file.Id, StringComparer.Ordinal)];

    public void Add(StoredFile file)
    {
        lock (gate)
        {
            if (IsTaken(file.Id))
            {
                throw new ApiException(409, "ALREADY_EXISTS", $"File {file.Name} already exists.");
            }

            state.Replace(MetadataPath(file.Id), ProtoJson.ToCompactUtf8(file.ToState()));
            files[file.Id] = file;
        }
    }

    public void Delete(StoredFile file)
    {
        lock (gate)
        {
            if (files.TryRemove(file.Id, out _))
            {
                state.Delete(MetadataPath(file.Id));
                blobs.Release(file.Blob);
            }
        }
    }

    /// <summary>Audio and video take a while until they can be used (protocol: 1.6).</summary>
    public bool IsProcessing(StoredFile file) =>
        (file.MimeType.StartsWith("video/", StringComparison.Ordinal) || file.MimeType.StartsWith("audio/", StringComparison.Ordinal)) && clock.GetUtcNow() < file.CreateTime + processingTime;

    public string BlobPath(StoredFile file) => blobs.PathOf(file.Blob);

    public string MakeId()
    {
        string id;
        do
        {
            id = StableHash.Identifier(Guid.NewGuid().ToString("N"), 12);
        }
        while (files.ContainsKey(id));
        return id;
    }

    private StoredFile? Live(string id)
    {
        if (!files.TryGetValue(id, out var file))
        {
            return null;
        }

        if (!IsExpired(file))
        {
            return file;
        }

        Delete(file);
        return null;
    }

    private bool IsExpired(StoredFile file) => clock.GetUtcNow() >= file.ExpirationTime;

    private string MetadataPath(string id) => Path.Combine(state.Files, id + ".json");
}
