using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>The File Search stores of all keys.</summary>
internal sealed class StoreCollection
{
    private const long MaxFileBytes = 100_000_000;
    private const int MaxMetadata = 20;

    private readonly StateFolder state;
    private readonly TimeProvider clock;
    private readonly TimeSpan indexingTime;
    private readonly ConcurrentDictionary<string, StoredStore> stores = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    public StoreCollection(StateFolder state, TimeProvider clock, TimeSpan indexingTime)
    {
        this.state = state;
        this.clock = clock;
        this.indexingTime = indexingTime;
        foreach (var path in Directory.EnumerateFiles(state.Stores, "*.json"))
        {
            var store = StoredStore.FromState(JsonNode.Parse(File.ReadAllBytes(path))!);
            stores[store.Id] = store;
        }
    }

    public IReadOnlyList<StoredStore> List(string owner) =>
        [.. stores.Values.Where(store => store.Owner == owner).OrderByDescending(store => store.CreateTime).ThenBy(store => store.Id, StringComparer.Ordinal)];

    public StoredStore? Find(string owner, string id) => stores.TryGetValue(id, out var store) && store.Owner == owner ? store : null;

    public StoredStore Get(string owner, string id) => Find(owner, id)
        ?? throw new ApiException(403, "PERMISSION_DENIED", $"You do not have permission to access the FileSearchStore fileSearchStores/{id} or it may not exist.");

    public StoredStore Create(string owner, string displayName, string embeddingModel)
    {
        var store = new StoredStore(Slug(displayName), owner, displayName, embeddingModel, clock.GetUtcNow(), []);
        Save(store);
        return store;
    }

    public void Delete(StoredStore store, bool force)
    {
        lock (gate)
        {
            if (!force && stores[store.Id].Documents.Count > 0)
            {
                throw new ApiException(400, "FAILED_PRECONDITION", "Cannot delete non-empty FileSearchStore.");
            }

            stores.TryRemove(store.Id, out _);
            state.Delete(PathOf(store.Id));
        }
    }

    /// <summary>Adds a document; its operation is done after a while, and it is active after another.</summary>
    public StoreDocument Add(StoredStore store, string displayName, string mimeType, long size, JsonNode? settings, string? uploadId = null)
    {
        var metadata = settings.Find("customMetadata") as JsonArray;
        if (metadata?.Count > MaxMetadata)
        {
            throw ApiException.InvalidArgument($"* custom_metadata: at most {MaxMetadata} entries are allowed.");
        }

        if (size > MaxFileBytes)
        {
            throw ApiException.InvalidArgument($"File size {size} exceeds the limit of {MaxFileBytes} bytes.");
        }

        var now = clock.GetUtcNow();
        lock (gate)
        {
            var current = stores[store.Id];
            var identity = $"{store.Id}\n{displayName}\n{current.Documents.Count}\n{now.UtcTicks}";
            var document = new StoreDocument(Slug(displayName), StableHash.Identifier("operation\n" + identity, 16), displayName, mimeType, size, (JsonArray?)metadata?.DeepClone(), now, now + indexingTime) { UploadId = uploadId };
            Save(current with { Documents = current.Documents.Add(document) });
            return document;
        }
    }

    /// <summary>What an upload into a store has become.</summary>
    public (StoredStore Store, StoreDocument Document)? FindByUpload(string uploadId) =>
        stores.Values.SelectMany(static store => store.Documents, static (store, document) => (store, document)).Where(pair => pair.document.UploadId == uploadId).Select(static pair => ((StoredStore, StoreDocument)?)pair).FirstOrDefault();

    public void Remove(StoredStore store, StoreDocument document)
    {
        lock (gate)
        {
            var current = stores[store.Id];
            Save(current with { Documents = current.Documents.RemoveAll(other => other.Id == document.Id) });
        }
    }

    private void Save(StoredStore store)
    {
        state.Replace(PathOf(store.Id), ProtoJson.ToCompactUtf8(store.ToState()));
        stores[store.Id] = store;
    }

    private string PathOf(string id) => Path.Combine(state.Stores, id + ".json");

    /// <summary>Letters and digits of a display name and twelve random characters (protocol: 1.8).</summary>
    private static string Slug(string displayName)
    {
        var slug = new StringBuilder();
        foreach (var letter in displayName.ToLowerInvariant().Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-').Take(24))
        {
            slug.Append(letter);
        }

        return slug.Append(slug.Length > 0 ? "-" : "").Append(StableHash.Identifier(Guid.NewGuid().ToString("N"), 12)).ToString();
    }
}
