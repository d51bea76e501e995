using GeminiBatch.Client.Tests.Wire;

namespace GeminiBatch.Client.Tests.Credentials;

/// <summary>Protocol 5 and 3.1: which backend, project, location and hosts the environment and the options give.</summary>
public sealed class VertexOptionsTests
{
    [Theory]
    [InlineData(null, null, false)]
    [InlineData("true", null, true)]
    [InlineData("1", null, true)]
    [InlineData(null, "True", true)]
    [InlineData(null, " TRUE ", true)]
    [InlineData(null, "1", true)]
    [InlineData(null, "yes", false)]
    [InlineData("false", "true", false)]
    [InlineData("true", "false", true)]
    [InlineData("", "true", true)]
    public void USE_ENTERPRISE_beats_USE_VERTEXAI_and_true_or_1_in_any_case_is_yes(string? enterprise, string? vertex, bool expected) =>
        Assert.Equal(expected, GeminiEnvironment.Prefers(From(("GOOGLE_GENAI_USE_ENTERPRISE", enterprise), ("GOOGLE_GENAI_USE_VERTEXAI", vertex))));

    [Theory]
    [InlineData("o", "e", "a", "o")]
    [InlineData(null, "e", "a", "e")]
    [InlineData(null, null, "a", "a")]
    [InlineData(" ", " ", "a", "a")]
    public void The_project_is_the_options_then_GOOGLE_CLOUD_PROJECT_then_the_login_s(string? option, string? environment, string? login, string expected) =>
        Assert.Equal(expected, Client(new() { Project = option, AccessTokens = new CountedTokens { ProjectId = login } }, ("GOOGLE_CLOUD_PROJECT", environment)).Project);

    [Theory]
    [InlineData("europe-west4", "us-central1", "europe-west4")]
    [InlineData(null, "us-central1", "us-central1")]
    [InlineData(null, " EU ", "eu")]
    [InlineData(null, null, "global")]
    public void The_location_is_the_options_then_GOOGLE_CLOUD_LOCATION_then_global(string? option, string? environment, string expected) =>
        Assert.Equal(expected, Client(new() { Project = "p", Location = option }, ("GOOGLE_CLOUD_LOCATION", environment)).Location);

    [Theory]
    [InlineData("global", "https://aiplatform.googleapis.com/")]
    [InlineData("us-central1", "https://us-central1-aiplatform.googleapis.com/")]
    [InlineData("us", "https://aiplatform.us.rep.googleapis.com/")]
    [InlineData("eu", "https://aiplatform.eu.rep.googleapis.com/")]
    public void Each_kind_of_location_has_its_host(string location, string host) =>
        Assert.Equal(host, Client(new() { Project = "p", Location = location }).Endpoint.AbsoluteUri);

    [Theory]
    [InlineData("https://o.example.test", "https://e.example.test", "https://o.example.test/")]
    [InlineData(null, "https://e.example.test/v", "https://e.example.test/v/")]
    [InlineData(null, " ", "https://aiplatform.googleapis.com/")]
    public void The_address_is_the_options_then_GOOGLE_VERTEX_BASE_URL(string? option, string? environment, string expected) =>
        Assert.Equal(expected, Client(new() { Project = "p", Endpoint = option is null ? null : new Uri(option) }, ("GOOGLE_VERTEX_BASE_URL", environment), ("GOOGLE_GEMINI_BASE_URL", "https://other.example.test")).Endpoint.AbsoluteUri);

    [Theory]
    [InlineData(null, "https://storage.googleapis.com/")]
    [InlineData("localhost:9199", "http://localhost:9199/")]
    [InlineData("http://127.0.0.1:4443", "http://127.0.0.1:4443/")]
    [InlineData("http://127.0.0.1:4443/storage/v1/", "http://127.0.0.1:4443/")]
    public void STORAGE_EMULATOR_HOST_moves_Cloud_Storage_with_or_without_a_scheme(string? environment, string expected) =>
        Assert.Equal(expected, Client(new() { Project = "p" }, ("STORAGE_EMULATOR_HOST", environment)).Storage.Endpoint.AbsoluteUri);

    [Theory]
    [InlineData("http://127.0.0.1:8080", null, "http://127.0.0.1:8080/")]
    [InlineData("http://127.0.0.1:8080", "localhost:9199", "http://localhost:9199/")]
    [InlineData("https://vertex.example.test", null, "https://storage.googleapis.com/")]
    public void An_emulator_on_this_machine_has_its_storage_with_it(string endpoint, string? storage, string expected) =>
        Assert.Equal(expected, Client(new() { Project = "p", Endpoint = new Uri(endpoint) }, ("STORAGE_EMULATOR_HOST", storage)).Storage.Endpoint.AbsoluteUri);

    [Theory]
    [InlineData("GOOGLE_VERTEX_BASE_URL", "http://example.test")]
    [InlineData("STORAGE_EMULATOR_HOST", "example.test:80")]
    public void A_token_is_not_sent_unencrypted_over_a_network(string variable, string address)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => Client(new() { Project = "p" }, (variable, address)));

        Assert.Contains("unencrypted", exception.Message, StringComparison.Ordinal);
        Assert.Contains("token", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_in_the_environment_is_not_sent_to_Vertex_AI_and_the_quota_project_is()
    {
        await using StubServer server = await StubServer.StartAsync((200, "{}"));
        VertexAIClient client = new(
            static () => new HttpClient(),
            new VertexAIOptions { Project = "p", Endpoint = server.Endpoint, StorageEndpoint = server.Endpoint, AccessTokens = new CountedTokens { QuotaProject = "payer" } },
            server.Clock,
            loggerFactory: null,
            From(("GOOGLE_API_KEY", "env-key"), ("GEMINI_API_KEY", "env-key")));

        await client.Jobs.ListAsync(cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        StubRequest request = server.Requests.Single();
        Assert.Equal("GET /v1/projects/p/locations/global/batchPredictionJobs?pageSize=100", request.ToString());
        Assert.Equal("Bearer token-1", request.Header("Authorization"));
        Assert.Equal("payer", request.Header("x-goog-user-project"));
        Assert.Null(request.Header("x-goog-api-key"));
    }

    [Fact]
    public void An_API_key_alone_is_no_login_and_the_message_says_what_is()
    {
        MissingCredentialsException exception = Assert.Throws<MissingCredentialsException>(() => new VertexAIClient(
            static () => new HttpClient(), new VertexAIOptions { Project = "p" }, timeProvider: null, loggerFactory: null, From(("GOOGLE_API_KEY", "k"))));

        Assert.Contains("ApplicationDefaultCredentials", exception.Message, StringComparison.Ordinal);
        Assert.Contains("API key", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_wrong_option_is_told_at_once()
    {
        var options = new VertexAIOptions { Project = "No Project", Location = "moon!", Bucket = "B", Prefix = "../x", UploadChunkBytes = 1, MaxAttempts = 0, AccessTokens = new CountedTokens() };

        IReadOnlyList<string> faults = VertexAISettings.Check(options, options.AccessTokens, From());

        Assert.Equal(6, faults.Count);
        Assert.All((string[])["project", "location", "bucket", "Prefix", "UploadChunkBytes", "MaxAttempts"], word => Assert.Contains(faults, fault => fault.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void The_options_of_one_backend_cannot_say_what_belongs_to_the_other()
    {
        string[] developer = [.. typeof(DeveloperApiOptions).GetProperties().Select(property => property.Name)];
        string[] vertex = [.. typeof(VertexAIOptions).GetProperties().Select(property => property.Name)];

        Assert.DoesNotContain(developer, name => name is "Project" or "Location" or "Bucket" or "Prefix" || name.StartsWith("Storage", StringComparison.Ordinal));
        Assert.DoesNotContain(vertex, name => name is "ApiKey" || name.StartsWith("File", StringComparison.Ordinal) || name.StartsWith("Inline", StringComparison.Ordinal));
        Assert.DoesNotContain(typeof(VertexAIClient).GetProperties(), property => property.Name is "Files" or "Batches");
        Assert.DoesNotContain(typeof(DeveloperApiClient).GetProperties(), property => property.Name is "Storage" or "Jobs");
    }

    private static VertexAIClient Client(VertexAIOptions options, params (string Name, string? Value)[] environment)
    {
        options.AccessTokens ??= new CountedTokens();
        return new VertexAIClient(static () => new HttpClient(), options, timeProvider: null, loggerFactory: null, From(environment));
    }

    private static Func<string, string?> From(params (string Name, string? Value)[] environment) =>
        name => environment.FirstOrDefault(entry => entry.Name == name).Value;
}
