using System.Net;
using System.Net.Sockets;
using GeminiBatch.Testing;

namespace GeminiBatch.Emulator.Tests;

public sealed class AccessTests
{
    [Fact]
    public async Task Without_a_key_a_call_is_forbidden_in_googles_words()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var anonymous = new HttpClient { BaseAddress = fixture.Emulator.Endpoint };
        using var response = await anonymous.AskAsync(HttpMethod.Get, "v1beta/batches");
        var error = (await response.JsonAsync())["error"]!;
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("PERMISSION_DENIED", (string?)error["status"]);
        Assert.StartsWith("Method doesn't allow unregistered callers", (string?)error["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bad-key", false)]
    [InlineData("badkey", true)]
    public async Task A_bad_key_is_an_invalid_argument_with_its_reason(string key, bool inQuery)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var http = new HttpClient { BaseAddress = fixture.Emulator.Endpoint };
        using var request = new HttpRequestMessage(HttpMethod.Get, inQuery ? "v1beta/files?key=" + key : "v1beta/files");
        if (!inQuery)
        {
            request.Headers.Add("x-goog-api-key", key);
        }

        using var response = await http.AskAsync(request);
        var error = (await response.JsonAsync())["error"]!;
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("API key not valid. Please pass a valid API key.", (string?)error["message"]);
        Assert.Equal("API_KEY_INVALID", (string?)error["details"]![0]!["reason"]);
    }

    [Fact]
    public async Task What_one_key_made_another_key_does_not_see()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var job = (string)(await fixture.Http.CreateAsync(EmulatorCalls.Row("a", "one")))["name"]!;
        await fixture.Http.UploadAsync("hello", "files/mine");
        using var other = new HttpClient { BaseAddress = fixture.Emulator.Endpoint };
        other.DefaultRequestHeaders.Add("x-goog-api-key", "another-key");

        Assert.Equal("{}", (await other.GetJsonAsync("v1beta/batches")).ToJsonString());
        Assert.Equal("{}", (await other.GetJsonAsync("v1beta/files")).ToJsonString());
        using var batch = await other.AskAsync(HttpMethod.Get, "v1beta/" + job);
        Assert.Equal(HttpStatusCode.NotFound, batch.StatusCode);
        using var file = await other.AskAsync(HttpMethod.Get, "v1beta/files/mine");
        Assert.Equal(HttpStatusCode.Forbidden, file.StatusCode);
    }

    [Fact]
    public async Task A_port_in_use_is_one_clear_message()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var error = await Assert.ThrowsAsync<EmulatorException>(() => GeminiEmulator.StartAsync(new GeminiEmulatorOptions { Port = port }, TestContext.Current.CancellationToken));
        Assert.Contains($"Port {port}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_endpoint_is_given_through_the_seam_of_base_types()
    {
        await using var emulator = await GeminiEmulator.StartAsync(ct: TestContext.Current.CancellationToken);
        Assert.Equal(emulator.Endpoint, Assert.IsType<IServiceProvider>(emulator, exactMatch: false).GetService(typeof(Uri)));
        Assert.Equal("127.0.0.1", emulator.Endpoint.Host);
    }

    [Fact]
    public async Task Calls_and_jobs_can_be_looked_at()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        await fixture.Http.CreateAsync(EmulatorCalls.Row("a", "one"), "shard-1");
        var calls = (await fixture.Http.GetJsonAsync("emulator/calls"))["calls"]!.AsArray();
        Assert.Equal(["StartUpload", "UploadChunk", "CreateBatch"], calls.Select(call => (string?)call!["operation"]));
        Assert.Equal("shard-1", (string?)(await fixture.Http.GetJsonAsync("emulator/jobs"))["jobs"]![0]!["displayName"]);
        Assert.Equal("shard-1", fixture.Emulator.Jobs.Single().DisplayName);
        Assert.All(fixture.Emulator.Calls, call => Assert.Equal(200, call.Status));
    }

    [Fact]
    public async Task A_text_that_is_no_Unicode_is_an_invalid_payload_and_not_a_bare_500()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var content = new StringContent("""{"batch":{"displayName":"\ud800","inputConfig":{"fileName":"files/x"}}}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await fixture.Http.PostAsync(new Uri("v1beta/models/gemini-3.5-flash-lite:batchGenerateContent", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("INVALID_ARGUMENT", (string?)(await response.JsonAsync())["error"]!["status"]);
    }

    [Fact]
    public async Task A_mistake_of_the_emulators_own_is_answered_in_Googles_shape_and_recorded()
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options with { Answerer = (_, _) => throw new InvalidOperationException("a rule is wrong") });
        using var response = await fixture.Http.PostJsonAsync("v1beta/models/gemini-3.5-flash-lite:generateContent", System.Text.Json.Nodes.JsonNode.Parse("""{"contents":[{"parts":[{"text":"x"}]}]}""")!);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("INTERNAL", (string?)(await response.JsonAsync())["error"]!["status"]);
        Assert.Equal(500, fixture.Emulator.Calls[^1].Status);
    }
}
