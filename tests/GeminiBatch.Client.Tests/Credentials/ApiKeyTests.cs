using GeminiBatch.Client.Tests.Wire;
using Microsoft.Extensions.Logging;

namespace GeminiBatch.Client.Tests.Credentials;

/// <summary>Protocol 5: where the key and the address come from.</summary>
public sealed class ApiKeyTests
{
    [Theory]
    [InlineData("o", "g", "m", "o")]
    [InlineData(null, "g", "m", "g")]
    [InlineData(null, null, "m", "m")]
    [InlineData(null, "", "m", "m")]
    [InlineData(null, "  ", "m", "m")]
    [InlineData("", "g", null, "g")]
    [InlineData(" ", null, " m \n", "m")]
    [InlineData(" o ", null, null, "o")]
    [InlineData(null, null, null, null)]
    [InlineData("", "", "", null)]
    public void Options_beat_GOOGLE_API_KEY_which_beats_GEMINI_API_KEY_trimmed_and_blank_is_unset(string? option, string? google, string? gemini, string? expected) =>
        Assert.Equal(expected, ApiKeyLookup.Find(option, Environment(("GOOGLE_API_KEY", google), ("GEMINI_API_KEY", gemini)), out _));

    [Theory]
    [InlineData(null, "g", "m", 1)]
    [InlineData("o", "g", "m", 0)]
    [InlineData(null, "g", "", 0)]
    [InlineData(null, null, "m", 0)]
    public void Two_keys_in_the_environment_are_warned_of(string? option, string? google, string? gemini, int warnings)
    {
        using var logs = new CollectingLoggerFactory();

        _ = Client(new DeveloperApiOptions { ApiKey = option }, logs, ("GOOGLE_API_KEY", google), ("GEMINI_API_KEY", gemini));

        Assert.Equal(warnings, logs.Lines.Count(line => line.StartsWith("Warning", StringComparison.Ordinal)));
    }

    [Fact]
    public void Without_a_key_the_message_names_the_three_places()
    {
        MissingCredentialsException exception = Assert.Throws<MissingCredentialsException>(() => Client(new DeveloperApiOptions()));

        Assert.Contains("DeveloperApiOptions.ApiKey", exception.Message, StringComparison.Ordinal);
        Assert.Contains("GOOGLE_API_KEY", exception.Message, StringComparison.Ordinal);
        Assert.Contains("GEMINI_API_KEY", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_cannot_be_a_header_is_refused_without_showing_it()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => Client(new DeveloperApiOptions { ApiKey = "secret\nkey" }));

        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, "https://generativelanguage.googleapis.com/")]
    [InlineData(null, "http://127.0.0.1:8080", "http://127.0.0.1:8080/")]
    [InlineData(null, "https://proxy.example.test/gemini", "https://proxy.example.test/gemini/")]
    [InlineData("http://localhost:1/", "https://proxy.example.test/", "http://localhost:1/")]
    [InlineData(null, " ", "https://generativelanguage.googleapis.com/")]
    public void The_address_is_the_options_then_GOOGLE_GEMINI_BASE_URL_then_Googles(string? option, string? environment, string expected)
    {
        DeveloperApiClient client = Client(
            new DeveloperApiOptions { ApiKey = "k", Endpoint = option is null ? null : new Uri(option) }, null, ("GOOGLE_GEMINI_BASE_URL", environment));

        Assert.Equal(expected, client.Endpoint.AbsoluteUri);
    }

    [Theory]
    [InlineData("http://proxy.example.test/")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("https://x.test/?key=1")]
    [InlineData("https://user@x.test/")]
    [InlineData("not an address")]
    public void An_address_that_would_show_the_key_or_is_none_is_refused(string address) =>
        Assert.Throws<ArgumentException>(() => Client(new DeveloperApiOptions { ApiKey = "k" }, null, ("GOOGLE_GEMINI_BASE_URL", address)));

    [Fact]
    public void The_account_is_a_fingerprint_that_differs_by_key_and_does_not_hold_it()
    {
        string first = Client(new DeveloperApiOptions { ApiKey = "key-one" }).Account;

        Assert.Matches("^k-[0-9a-f]{8}$", first);
        Assert.Equal(first, Client(new DeveloperApiOptions { ApiKey = " key-one " }).Account);
        Assert.NotEqual(first, Client(new DeveloperApiOptions { ApiKey = "key-two" }).Account);
    }

    [Fact]
    public async Task A_token_goes_into_the_authorization_header_with_its_project_and_no_key_is_sent()
    {
        await using StubServer server = await StubServer.StartAsync((200, """{"name":"batches/x"}"""));
        DeveloperApiClient client = server.Client(options =>
        {
            options.ApiKey = null;
            options.AccessTokens = new FixedToken();
        });

        await client.Batches.GetAsync("batches/x", TestContext.Current.CancellationToken);

        StubRequest request = server.Requests.Single();
        Assert.Equal("Bearer token-1", request.Header("Authorization"));
        Assert.Equal("project-1", request.Header("x-goog-user-project"));
        Assert.Null(request.Header("x-goog-api-key"));
        Assert.DoesNotContain("token-1", new GeminiAccessToken("token-1").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(DeveloperApiOptions.UploadChunkBytes))]
    [InlineData(nameof(DeveloperApiOptions.MaxAttempts))]
    [InlineData(nameof(DeveloperApiOptions.MaxRetryDelay))]
    [InlineData(nameof(DeveloperApiOptions.AttemptTimeout))]
    public void An_unusable_option_is_refused_by_name(string option)
    {
        var options = new DeveloperApiOptions { ApiKey = "k" };
        switch (option)
        {
            case nameof(DeveloperApiOptions.UploadChunkBytes): options.UploadChunkBytes = 1000; break;
            case nameof(DeveloperApiOptions.MaxAttempts): options.MaxAttempts = 0; break;
            case nameof(DeveloperApiOptions.MaxRetryDelay): options.MaxRetryDelay = TimeSpan.Zero; break;
            default: options.AttemptTimeout = TimeSpan.Zero; break;
        }

        Assert.Contains(option, Assert.Throws<ArgumentException>(() => Client(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_login_is_told_apart_by_its_project_and_is_no_backend_without_one()
    {
        var named = new DeveloperBackend(Client(new DeveloperApiOptions { AccessTokens = new CountedTokens { ProjectId = "my-project" } }));

        Assert.Equal("project-my-project", named.Identity.Account);
        Assert.Contains("ProjectId", Assert.Throws<MissingCredentialsException>(() => new DeveloperBackend(Client(new DeveloperApiOptions { AccessTokens = new CountedTokens() }))).Message, StringComparison.Ordinal);
    }

    private static DeveloperApiClient Client(DeveloperApiOptions options, ILoggerFactory? logs = null, params (string, string?)[] environment) =>
        new(SharedConnections.Client, options, TimeProvider.System, logs, Environment(environment));

    private static Func<string, string?> Environment(params (string Name, string? Value)[] values) => name => values.FirstOrDefault(pair => pair.Name == name).Value;

    private sealed class FixedToken : IAccessTokenSource
    {
        public ValueTask<GeminiAccessToken> GetTokenAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(new GeminiAccessToken("token-1", "project-1"));
    }
}
