using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>The webhooks of all projects, and which jobs' ends have been told.</summary>
internal sealed class WebhookCollection
{
    private const int SecretBytes = 24;

    private readonly StateFolder state;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, StoredWebhook> webhooks = new(StringComparer.Ordinal);

    public WebhookCollection(StateFolder state, TimeProvider clock)
    {
        this.state = state;
        this.clock = clock;
        foreach (var path in Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder, "*.json") : [])
        {
            var webhook = StoredWebhook.FromState(JsonNode.Parse(File.ReadAllBytes(path))!);
            webhooks[webhook.Id] = webhook;
        }
    }

    private string Folder => Path.Combine(state.Root, "webhooks");

    public IReadOnlyList<StoredWebhook> List(string owner) => [.. webhooks.Values.Where(webhook => webhook.Owner == owner).OrderBy(webhook => webhook.CreateTime).ThenBy(webhook => webhook.Id, StringComparer.Ordinal)];

    public StoredWebhook Get(string owner, string id) => webhooks.TryGetValue(id, out var webhook) && webhook.Owner == owner ? webhook : throw ApiException.NotFound();

    public StoredWebhook Create(string owner, string? displayName, string uri, IReadOnlyList<string> events)
    {
        var now = clock.GetUtcNow();
        var secret = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));
        return Save(new StoredWebhook(StableHash.Identifier(Guid.NewGuid().ToString("N"), 16), owner, displayName, uri, events, secret, now, now));
    }

    public StoredWebhook Save(StoredWebhook webhook)
    {
        Directory.CreateDirectory(Folder);
        state.Replace(PathOf(webhook.Id), ProtoJson.ToCompactUtf8(webhook.ToState()));
        return webhooks[webhook.Id] = webhook;
    }

    public void Delete(StoredWebhook webhook)
    {
        webhooks.TryRemove(webhook.Id, out _);
        state.Delete(PathOf(webhook.Id));
    }

    public bool IsTold(string job) => File.Exists(ToldPath(job));

    public void SetTold(string job)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "told"));
        state.Replace(ToldPath(job), "{}"u8.ToArray(), evenIfFull: true);
    }

    private string PathOf(string id) => Path.Combine(Folder, id + ".json");

    private string ToldPath(string job) => Path.Combine(Folder, "told", job + ".json");
}
