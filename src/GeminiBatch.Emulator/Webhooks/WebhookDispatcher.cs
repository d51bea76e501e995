using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>
/// Tells webhooks when jobs end, at least once and for up to 24 hours, on the emulator's clock. Names of events and headers are Google's; the body, which nobody has
/// recorded, and that a job's own webhooks are not signed, are the emulator's. Only addresses of this machine are called.
/// </summary>
internal sealed class WebhookDispatcher(BatchStore batches, WebhookCollection webhooks, EmulatorClock clock) : IAsyncDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(16)];

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = CallTimeout };
    private readonly ConcurrentDictionary<string, Task> watched = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Sees to it that a job's end is told. A job that nobody wants to hear of is left alone, and so is one that is deleted before its end.</summary>
    public void Watch(StoredBatch batch)
    {
        if (batch.Vertex is null && (batch.WebhookUris.Count > 0 || webhooks.List(batch.Owner).Count > 0) && !webhooks.IsTold(batch.Id))
        {
            watched.GetOrAdd(batch.Id, _ => Task.Run(() => TellWhenEndedAsync(batch)));
        }
    }

    /// <summary>A webhook is told of the ends of jobs that run when it is made.</summary>
    public void WatchOpen(string owner)
    {
        var now = clock.GetUtcNow();
        foreach (var batch in batches.All.Where(batch => batch.Owner == owner && batch.CancelTime is null && now < batch.EndTime))
        {
            Watch(batch);
        }
    }

    public void Resume()
    {
        foreach (var batch in batches.All)
        {
            Watch(batch);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(watched.Values.Select(static task => task.ContinueWith(static _ => { }, TaskScheduler.Default)));
        http.Dispose();
        stopping.Dispose();
    }

    private async Task TellWhenEndedAsync(StoredBatch batch)
    {
        while (true)
        {
            batch = batches.Current(batch);
            if (batch.Deleted)
            {
                watched.TryRemove(batch.Id, out _);
                return;
            }

            var now = clock.GetUtcNow();
            if (batch.CancelTime is not null || now >= batch.EndTime)
            {
                break;
            }

            // A cancelled job has ended before its time; it is looked at again and again until then.
            var next = now + Waits[0];
            await clock.DelayUntilAsync(batch.EndTime < next ? batch.EndTime : next, stopping.Token);
        }

        var state = batch.StateAt(clock.GetUtcNow());
        if (state == BatchState.Succeeded)
        {
            await batches.ResultAsync(batch).WaitAsync(stopping.Token);
        }

        var type = "batch." + state["BATCH_STATE_".Length..].ToLowerInvariant();
        var body = Encoding.UTF8.GetBytes(Body(batch, type, state).ToJsonString());
        var calls = batch.WebhookUris.Select(uri => (uri, Secret: (string?)null))
            .Concat(webhooks.List(batch.Owner).Where(webhook => webhook.Wants(type) && webhook.CreateTime <= (batch.CancelTime ?? batch.EndTime)).Select(webhook => (webhook.Uri, Secret: (string?)webhook.Secret)));
        await Task.WhenAll(calls.Select(call => TellAsync(batch, type, call.Item1, call.Secret, body)));
        webhooks.SetTold(batch.Id);
        watched.TryRemove(batch.Id, out _);
    }

    private async Task TellAsync(StoredBatch batch, string type, string uri, string? secret, byte[] body)
    {
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var address) || !address.IsLoopback || address.Scheme is not ("http" or "https"))
        {
            return;
        }

        var id = "msg_" + StableHash.Identifier($"{batch.Id}\n{type}\n{uri}", 24);
        foreach (var wait in Waits)
        {
            if (await SendAsync(address, id, secret, body))
            {
                return;
            }

            await clock.DelayUntilAsync(clock.GetUtcNow() + wait, stopping.Token);
        }

        await SendAsync(address, id, secret, body);
    }

    private async Task<bool> SendAsync(Uri address, string id, string? secret, byte[] body)
    {
        var time = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", time);
        if (secret is not null)
        {
            var key = Convert.FromBase64String(secret["whsec_".Length..]);
            request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body])));
        }

        try
        {
            using var response = await http.SendAsync(request, stopping.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !stopping.IsCancellationRequested)
        {
            return false;
        }
    }

    private JsonObject Body(StoredBatch batch, string type, string state)
    {
        var data = new JsonObject { ["id"] = batch.Name, ["state"] = state };
        if (state == BatchState.Succeeded && !batch.IsInline)
        {
            data["outputFileUri"] = "files/" + batch.ResultId;
        }

        if (batch.WebhookMetadata is { } metadata)
        {
            data["userMetadata"] = JsonNode.Parse(metadata);
        }

        return new JsonObject { ["type"] = type, ["version"] = "v1", ["timestamp"] = ProtoJson.Timestamp(clock.GetUtcNow()), ["data"] = data };
    }
}
