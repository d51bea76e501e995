using System.Net;
using System.Net.Http.Json;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBatch.Testing;

namespace GeminiBatch.Emulator.Tests.Webhooks;

/// <summary>Protocol 1.2 row 17 and 1.3: who is told of a job's end.</summary>
public sealed class WebhookTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_job_tells_the_addresses_of_its_own_configuration_when_it_ends()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var fixture = await EmulatorFixture.StartAsync(static options => options with { TimeProvider = new SkippingClock() });

        var job = await CreateJobAsync(fixture, $$$"""{"uris":["file:///etc/hostname","{{{receiver.Address}}}"],"userMetadata":{"order":"17"}}""");

        var (body, headers) = await receiver.NextAsync();
        var told = JsonNode.Parse(body)!;
        Assert.Equal(("batch.succeeded", (string?)job["name"], "17"), ((string?)told["type"], (string?)told["data"]!["id"], (string?)told["data"]!["userMetadata"]!["order"]));
        Assert.StartsWith("msg_", headers["webhook-id"].ToString(), StringComparison.Ordinal);
        Assert.False(headers.ContainsKey("webhook-signature"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_webhook_of_the_project_signs_what_it_tells_and_tells_again_until_it_is_heard()
    {
        await using var receiver = await WebhookReceiver.StartAsync(refusals: 2);
        await using var fixture = await EmulatorFixture.StartAsync(static options => options with { TimeProvider = new SkippingClock() });
        var made = await PostAsync(fixture, "v1beta/webhooks", $$"""{"displayName":"mine","uri":"{{receiver.Address}}","subscribedEvents":["batch.succeeded"]}""");
        var shown = (await fixture.Http.GetFromJsonAsync<JsonNode>((string)made["name"]! is { } name ? "v1beta/" + name : "", TestContext.Current.CancellationToken))!;

        await CreateJobAsync(fixture);

        var calls = new[] { await receiver.NextAsync(), await receiver.NextAsync(), await receiver.NextAsync() };
        Assert.Single(calls.Select(static call => call.Headers["webhook-id"].ToString()).Distinct());
        var (body, headers) = calls[2];
        var secret = Convert.FromBase64String(((string)made["newSigningSecret"]!)["whsec_".Length..]);
        var signed = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{body}"));
        Assert.Equal("v1," + Convert.ToBase64String(signed), headers["webhook-signature"].ToString());
        Assert.Null(shown["newSigningSecret"]);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_webhook_is_told_of_the_end_of_a_job_that_was_there_before_it()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var fixture = await EmulatorFixture.StartAsync(static options => options with { TimeProvider = new SkippingClock() });
        await CreateJobAsync(fixture);

        await PostAsync(fixture, "v1beta/webhooks", $$"""{"uri":"{{receiver.Address}}","subscribedEvents":["batch.succeeded"]}""");

        var (body, _) = await receiver.NextAsync();
        Assert.Equal("batch.succeeded", (string?)JsonNode.Parse(body)!["type"]);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_webhook_that_was_made_after_a_job_s_end_is_not_told_of_it_even_by_an_emulator_that_starts_again()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var clock = new SkippingClock();
        await using var fixture = await EmulatorFixture.StartAsync(options => options with { TimeProvider = clock });
        var before = await CreateJobAsync(fixture);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(true, (bool?)(await fixture.Http.GetJsonAsync($"v1beta/{before["name"]}"))["done"]);
        await PostAsync(fixture, "v1beta/webhooks", $$"""{"uri":"{{receiver.Address}}"}""");

        await fixture.RestartAsync();
        var after = await CreateJobAsync(fixture);

        var (body, _) = await receiver.NextAsync();
        Assert.Equal((string?)after["name"], (string?)JsonNode.Parse(body)!["data"]!["id"]);
        await fixture.StopAsync();
        Assert.Empty(receiver.Calls);
        await fixture.StartAgainAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_webhook_that_refuses_is_told_once_more_after_the_last_wait()
    {
        await using var receiver = await WebhookReceiver.StartAsync(refusals: 6);
        var clock = new SkippingClock();
        await using var fixture = await EmulatorFixture.StartAsync(options => options with { TimeProvider = clock });
        var begun = clock.GetUtcNow();

        await CreateJobAsync(fixture, $$"""{"uris":["{{receiver.Address}}"]}""");

        var times = new List<DateTimeOffset>();
        for (var call = 1; call <= 7; call++)
        {
            times.Add(DateTimeOffset.FromUnixTimeSeconds(long.Parse((await receiver.NextAsync()).Headers["webhook-timestamp"]!, System.Globalization.CultureInfo.InvariantCulture)));
        }

        Assert.True(times[^1] - times[^2] >= TimeSpan.FromHours(16));
        Assert.True(times[^1] - begun < TimeSpan.FromHours(48));
    }

    [Fact(Timeout = 60_000)]
    public async Task Nobody_is_told_of_the_end_of_a_deleted_job()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var fixture = await EmulatorFixture.StartAsync();
        var toReceiver = $$"""{"uris":["{{receiver.Address}}"]}""";
        var deleted = await CreateJobAsync(fixture, toReceiver);
        var kept = await CreateJobAsync(fixture, toReceiver);
        using var _ = await fixture.Http.AskAsync(HttpMethod.Delete, $"v1beta/{deleted["name"]}");

        fixture.Clock.Advance(TimeSpan.FromHours(1));
        var first = await receiver.NextAsync();
        var last = await CreateJobAsync(fixture, toReceiver);
        fixture.Clock.Advance(TimeSpan.FromHours(1));
        var second = await receiver.NextAsync();

        Assert.Equal([(string?)kept["name"], (string?)last["name"]], new[] { first, second }.Select(static call => (string?)JsonNode.Parse(call.Body)!["data"]!["id"]));
    }

    [Fact(Timeout = 60_000)]
    public async Task Only_addresses_of_this_machine_s_loopback_are_called()
    {
        var outside = NetworkInterface.GetAllNetworkInterfaces().SelectMany(static network => network.GetIPProperties().UnicastAddresses)
            .Select(static unicast => unicast.Address).FirstOrDefault(static address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
        Assert.SkipWhen(outside is null, "This machine has no address besides the loopback's.");
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var other = await WebhookReceiver.StartAsync(address: outside);
        await using var fixture = await EmulatorFixture.StartAsync(static options => options with { TimeProvider = new SkippingClock() });

        await CreateJobAsync(fixture, $$"""{"uris":["{{other.Address}}"]}""");
        await CreateJobAsync(fixture, $$"""{"uris":["{{other.Address}}","{{receiver.Address}}"]}""");
        await receiver.NextAsync();
        await CreateJobAsync(fixture, $$"""{"uris":["{{receiver.Address}}"]}""");
        await receiver.NextAsync();

        Assert.Empty(other.Calls);
    }

    [Fact(Timeout = 60_000)]
    public async Task Webhooks_are_listed_changed_and_deleted_and_belong_to_their_key()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var name = (string)(await PostAsync(fixture, "v1beta/webhooks", """{"uri":"https://example.com/a"}"""))["name"]!;
        using var patch = await fixture.Http.PatchAsync($"v1beta/{name}?updateMask=uri", new StringContent("""{"uri":"https://example.com/b"}"""), TestContext.Current.CancellationToken);
        await fixture.RestartAsync();

        var listed = (await fixture.Http.GetFromJsonAsync<JsonNode>("v1beta/webhooks", TestContext.Current.CancellationToken))!["webhooks"]!.AsArray();
        Assert.Equal("https://example.com/b", (string)Assert.Single(listed)!["uri"]!);
        using var foreign = new HttpRequestMessage(HttpMethod.Get, new Uri(fixture.Emulator.Endpoint, "v1beta/" + name)) { Headers = { { "x-goog-api-key", "another" } } };
        using var plain = new HttpClient();
        Assert.Equal(404, (int)(await plain.SendAsync(foreign, TestContext.Current.CancellationToken)).StatusCode);
        using var deleted = await fixture.Http.DeleteAsync("v1beta/" + name, TestContext.Current.CancellationToken);
        Assert.Equal(404, (int)(await fixture.Http.GetAsync("v1beta/" + name, TestContext.Current.CancellationToken)).StatusCode);
        using var wrong = await fixture.Http.PostAsync("v1beta/webhooks", new StringContent("""{"uri":"ftp://example.com"}"""), TestContext.Current.CancellationToken);
        Assert.Equal(400, (int)wrong.StatusCode);
    }

    private static Task<JsonNode> CreateJobAsync(EmulatorFixture fixture, string? webhooks = null)
    {
        const string Rows = """{"requests":{"requests":[{"request":{"contents":[{"parts":[{"text":"x"}]}]},"metadata":{"key":"1"}}]}}""";
        var batch = new JsonObject { ["displayName"] = "j", ["inputConfig"] = JsonNode.Parse(Rows) };
        if (webhooks is not null)
        {
            batch["webhookConfig"] = JsonNode.Parse(webhooks);
        }

        return PostAsync(fixture, "v1beta/models/gemini-3.5-flash-lite:batchGenerateContent", new JsonObject { ["batch"] = batch }.ToJsonString());
    }

    private static async Task<JsonNode> PostAsync(EmulatorFixture fixture, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await fixture.Http.PostAsync(path, content, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
