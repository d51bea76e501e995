using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>The uploaded files of all keys. Names are one space for everybody; what is not one's own is as good as missing.</summary>
internal sealed class FileStore
{
    private readonly StateFolder state;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, StoredFile> files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> pins = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    public FileStore(StateFolder state, TimeProvider clock)
    {
        this.state = state;
        this.clock = clock;
        foreach (var path in Directory.EnumerateFiles(state.Files, "*.json"))
        {
            var file = StoredFile.FromState(JsonNode.Parse(File.ReadAllBytes(path))!);
            files[file.Id] = file;
        }
    }

    /// <summary>Asked before a blob is deleted: does a job still read it?</summary>
    public Func<string, bool> IsBlobInUse { get; set; } = _ => false;

    public bool IsTaken(string id) => Live(id) is not null;

    /// <summary>The caller's own file; otherwise 403, as for a missing or expired one (protocol: 1.6).</summary>
    public StoredFile Get(string owner, string id) => Find(owner, id) ?? throw ApiException.NoFile(id);

    public StoredFile? Find(string owner, string id) => Live(id) is { } file && file.Owner == owner ? file : null;

    public StoredFile? FindByBlob(string blob) => files.Values.FirstOrDefault(file => file.Blob == blob);

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
                ReleaseBlob(file.Blob);
            }
        }
    }

    public string BlobPath(StoredFile file) => Path.Combine(state.Blobs, file.Blob);

    /// <summary>Deletes a blob that neither a file nor a job needs any more.</summary>
    public void ReleaseBlob(string blob)
    {
        if (FindByBlob(blob) is null && !pins.ContainsKey(blob) && !IsBlobInUse(blob))
        {
            state.Delete(Path.Combine(state.Blobs, blob));
        }
    }

    /// <summary>Keeps a blob while a job over it is being created.</summary>
    public void Pin(string blob) => pins.AddOrUpdate(blob, 1, static (_, count) => count + 1);

    public void Unpin(string blob)
    {
        lock (gate)
        {
            if (pins.AddOrUpdate(blob, 0, static (_, count) => count - 1) == 0)
            {
                pins.TryRemove(blob, out _);
                ReleaseBlob(blob);
            }
        }
    }

    /// <summary>Deletes what earlier processes left behind: blobs that no file, job or upload knows.</summary>
    public void Sweep(Func<string, bool> isUploading)
    {
        foreach (var blob in Directory.EnumerateFiles(state.Blobs).Select(path => Path.GetFileName(path)).Where(blob => !isUploading(blob)))
        {
            ReleaseBlob(blob);
        }
    }

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
