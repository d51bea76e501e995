using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>The uploads that are under way, with their bytes. An unfinished one is forgotten when its time is over.</summary>
internal sealed class OpenUploads<TSession>
    where TSession : class
{
    private readonly StateFolder state;
    private readonly BlobStore blobs;
    private readonly string prefix;
    private readonly Func<TSession, (string Id, JsonObject State, DateTimeOffset Expires)> describe;
    private readonly ConcurrentDictionary<string, (TSession Session, GrowingBlob Content)> open = new(StringComparer.Ordinal);

    public OpenUploads(
        StateFolder state,
        BlobStore blobs,
        string prefix,
        Func<TSession, (string Id, JsonObject State, DateTimeOffset Expires)> describe,
        Func<JsonNode, TSession> read)
    {
        this.state = state;
        this.blobs = blobs;
        this.prefix = prefix;
        this.describe = describe;
        foreach (var path in Directory.EnumerateFiles(state.Uploads, prefix + "*.json"))
        {
            var session = read(JsonNode.Parse(File.ReadAllBytes(path))!);
            Keep(session);
        }

        blobs.AddUser(open.ContainsKey);
    }

    public int Count => open.Count;

    public void Add(TSession session)
    {
        var (id, content, _) = describe(session);
        state.Replace(PathOf(id), ProtoJson.ToCompactUtf8(content));
        Keep(session);
    }

    public bool TryGet(string id, out (TSession Session, GrowingBlob Content) upload) => open.TryGetValue(id, out upload);

    /// <summary>Forgets an upload. Its bytes go too, unless something has been made of them.</summary>
    public void Remove(string id)
    {
        // The content is not disposed of: a request that waits for its turn still holds it.
        if (open.TryRemove(id, out _))
        {
            state.Delete(PathOf(id));
            blobs.Release(id);
        }
    }

    public void RemoveExpired(DateTimeOffset now)
    {
        foreach (var (id, upload) in open)
        {
            if (describe(upload.Session).Expires <= now)
            {
                Remove(id);
            }
        }
    }

    private void Keep(TSession session)
    {
        var id = describe(session).Id;
        open[id] = (session, new GrowingBlob(state, blobs.PathOf(id)));
    }

    private string PathOf(string id) => Path.Combine(state.Uploads, prefix + id + ".json");
}
