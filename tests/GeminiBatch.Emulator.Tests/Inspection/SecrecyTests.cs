using System.Text;
using System.Text.Json;
using GeminiBatch.Testing;

namespace GeminiBatch.Emulator.Tests.Inspection;

/// <summary>What the emulator shows of its requests, and what it keeps, holds no key and no token.</summary>
public sealed class SecrecyTests
{
    private const string Secret = "s3cret-0123456789";

    [Fact]
    public async Task No_key_and_no_token_is_shown_or_kept()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var http = new HttpClient { BaseAddress = fixture.Emulator.Endpoint };
        await SendAsync(http, HttpMethod.Get, "v1beta/files", ("x-goog-api-key", Secret));
        await SendAsync(http, HttpMethod.Get, $"v1beta/files?pageSize=1&key={Secret}");
        await SendAsync(http, HttpMethod.Get, $"v1beta/files?KEY={Secret}");
        await SendAsync(http, HttpMethod.Get, $"storage/v1/b?project=p&access_token={Secret}");
        await SendAsync(http, HttpMethod.Get, "storage/v1/b?project=p", ("Authorization", "Bearer " + Secret));
        await SendAsync(http, HttpMethod.Get, "storage/v1/b?project=p", ("Proxy-Authorization", "Basic " + Secret));
        await SendAsync(http, HttpMethod.Get, "storage/v1/b?project=p", ("Cookie", "session=" + Secret));
        await SendAsync(http, HttpMethod.Get, "storage/v1/b?project=p", ("x-goog-iam-authorization-token", Secret));
        await SendAsync(http, HttpMethod.Post, "v1/projects/-/serviceAccounts/a@b:generateAccessToken", ("Authorization", "Bearer " + Secret));
        using var grant = await http.PostAsync("token", new FormUrlEncodedContent([new("grant_type", "refresh_token"), new("refresh_token", Secret), new("client_secret", Secret)]), TestContext.Current.CancellationToken);
        var issued = JsonElement.Parse(await grant.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("access_token").GetString()!;
        using var keyed = new HttpClient { BaseAddress = fixture.Emulator.Endpoint, DefaultRequestHeaders = { { "x-goog-api-key", Secret } } };
        await keyed.CreateAsync(EmulatorCalls.Row("a", "x"));

        var requests = await http.GetStringAsync("emulator/requests", TestContext.Current.CancellationToken);
        var shown = requests + await http.GetStringAsync("emulator/calls", TestContext.Current.CancellationToken) + await http.GetStringAsync("emulator/jobs", TestContext.Current.CancellationToken)
            + string.Join('\n', fixture.Emulator.Calls);
        await fixture.StopAsync();
        var kept = Directory.EnumerateFiles(fixture.StateFolder, "*", SearchOption.AllDirectories).Select(File.ReadAllBytes).ToList();
        await fixture.StartAgainAsync();

        Assert.Contains("\"pageSize=1\"", requests.Replace("/v1beta/files?", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("\"authorization\": \"…\"", requests, StringComparison.Ordinal);
        Assert.All((string[])[Secret, issued], secret =>
        {
            Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
            Assert.DoesNotContain(kept, bytes => bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(secret)) >= 0);
        });
    }

    private static async Task SendAsync(HttpClient http, HttpMethod method, string path, (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (header is var (name, value))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.AskAsync(request);
    }
}
