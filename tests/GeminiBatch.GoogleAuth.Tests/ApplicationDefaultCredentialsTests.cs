using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBatch.GoogleAuth.Tests;

/// <summary>Protocol 5: access tokens from Application Default Credentials.</summary>
public sealed class ApplicationDefaultCredentialsTests : IDisposable
{
    private const string Token = """{"access_token":"token-1","expires_in":3599,"token_type":"Bearer"}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gemini-batch-auth-");

    [Fact]
    public async Task A_service_account_exchanges_a_signed_assertion_for_a_token_and_keeps_it()
    {
        await using TokenServer server = await TokenServer.StartAsync(200, """{"access_token":"token-1","expires_in":3599,"token_type":"Bearer"}""");
        using RSA rsa = RSA.Create(2048);
        var source = new ApplicationDefaultCredentials(ServiceAccount(server.Address, rsa), quotaProject: "paying-project");

        GeminiAccessToken first = await source.GetTokenAsync(TestContext.Current.CancellationToken);
        GeminiAccessToken second = await source.GetTokenAsync(TestContext.Current.CancellationToken);

        Assert.Equal(new GeminiAccessToken("token-1", "paying-project"), first);
        Assert.Equal(first, second);
        Dictionary<string, string> form = Assert.Single(server.Forms);
        Assert.Equal("urn:ietf:params:oauth:grant-type:jwt-bearer", form["grant_type"]);
        string[] assertion = form["assertion"].Split('.');
        using JsonDocument claims = JsonDocument.Parse(Decode(assertion[1]));
        Assert.Equal("robot@project.iam.gserviceaccount.com", claims.RootElement.GetProperty("iss").GetString());
        Assert.Equal("https://www.googleapis.com/auth/cloud-platform", claims.RootElement.GetProperty("scope").GetString());
        Assert.True(rsa.VerifyData(Encoding.ASCII.GetBytes($"{assertion[0]}.{assertion[1]}"), Decode(assertion[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public async Task A_login_of_gcloud_exchanges_its_refresh_token_and_names_who_pays()
    {
        await using TokenServer server = await TokenServer.StartAsync(200, Token);
        var redirect = new TokenRedirect(new Uri(server.Address));
        string file = Write("""{"type":"authorized_user","client_id":"client","client_secret":"secret","refresh_token":"refresh-1","quota_project_id":"payer"}""");
        var source = new ApplicationDefaultCredentials(file) { HttpClientFactory = redirect };

        Assert.Equal(new GeminiAccessToken("token-1", "payer"), await source.GetTokenAsync(TestContext.Current.CancellationToken));

        Assert.Equal("https://oauth2.googleapis.com/token", Assert.Single(redirect.Asked).ToString());
        Dictionary<string, string> form = Assert.Single(server.Forms);
        Assert.Equal(("refresh_token", "refresh-1", "client"), (form["grant_type"], form["refresh_token"], form["client_id"]));
    }

    [Fact]
    public async Task A_revoked_login_says_how_to_log_in_again()
    {
        await using TokenServer server = await TokenServer.StartAsync(400, """{"error":"invalid_grant","error_description":"Token has been expired or revoked."}""");
        using RSA rsa = RSA.Create(2048);

        MissingCredentialsException exception = await FailAsync(new ApplicationDefaultCredentials(ServiceAccount(server.Address, rsa)));

        Assert.Contains("invalid_grant", exception.Message, StringComparison.Ordinal);
        Assert.Contains("gcloud auth application-default login", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        string path = Path.Combine(_folder.FullName, "not-there.json");

        MissingCredentialsException exception = await FailAsync(new ApplicationDefaultCredentials(path));

        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no json: secret-1")]
    [InlineData("""{"type":"service_account","private_key":"secret-1"}""")]
    [InlineData("""{"type":"authorized_user","client_secret":"secret-1"}""")]
    [InlineData("""{"type":"something","key":"secret-1"}""")]
    [InlineData("""["secret-1"]""")]
    public async Task A_file_that_is_no_login_is_refused_without_showing_it(string content)
    {
        MissingCredentialsException exception = await FailAsync(new ApplicationDefaultCredentials(Write(content)));

        Assert.DoesNotContain("secret-1", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_wrong_is_read_again()
    {
        await using TokenServer server = await TokenServer.StartAsync(200, """{"access_token":"token-1","expires_in":3599,"token_type":"Bearer"}""");
        using RSA rsa = RSA.Create(2048);
        string path = Path.Combine(_folder.FullName, "later.json");
        var source = new ApplicationDefaultCredentials(path);
        await FailAsync(source);

        File.Copy(ServiceAccount(server.Address, rsa), path);

        Assert.Equal("token-1", (await source.GetTokenAsync(TestContext.Current.CancellationToken)).Value);
    }

    [Fact]
    public async Task An_impersonated_service_account_is_asked_for_under_the_token_of_its_source()
    {
        await using TokenServer server = await TokenServer.StartAsync(200, Token, """{"accessToken":"token-2","expireTime":"2099-01-01T00:00:00Z"}""");
        using RSA rsa = RSA.Create(2048);
        var source = new ApplicationDefaultCredentials(Write(new JsonObject
        {
            ["type"] = "impersonated_service_account",
            ["service_account_impersonation_url"] = Impersonation(server),
            ["delegates"] = new JsonArray(),
            ["source_credentials"] = JsonNode.Parse(await File.ReadAllTextAsync(ServiceAccount(server.Address, rsa), TestContext.Current.CancellationToken)),
        }.ToJsonString()));

        GeminiAccessToken token = await source.GetTokenAsync(TestContext.Current.CancellationToken);

        Assert.Equal("token-2", token.Value);
        (string under, string body) = Assert.Single(server.Impersonations);
        Assert.Equal("Bearer token-1", under);
        Assert.Contains("cloud-platform", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_external_account_exchanges_the_token_that_its_file_holds()
    {
        await using TokenServer server = await TokenServer.StartAsync(200, """{"access_token":"token-1","expires_in":3599,"token_type":"Bearer","issued_token_type":"urn:ietf:params:oauth:token-type:access_token"}""");
        string subject = Write("subject-token");
        var source = new ApplicationDefaultCredentials(Write(new JsonObject
        {
            ["type"] = "external_account",
            ["audience"] = "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
            ["subject_token_type"] = "urn:ietf:params:oauth:token-type:jwt",
            ["token_url"] = server.Address,
            ["credential_source"] = new JsonObject { ["file"] = subject },
        }.ToJsonString()));

        Assert.Equal("token-1", (await source.GetTokenAsync(TestContext.Current.CancellationToken)).Value);
        Dictionary<string, string> form = Assert.Single(server.Forms);
        Assert.Equal(("urn:ietf:params:oauth:grant-type:token-exchange", "subject-token"), (form["grant_type"], form["subject_token"]));
    }

    [Fact]
    public async Task The_file_that_GOOGLE_APPLICATION_CREDENTIALS_names_comes_first_and_is_named_when_it_is_missing()
    {
        await using TokenServer server = await TokenServer.StartAsync(200, Token);
        using RSA rsa = RSA.Create(2048);
        using var environment = new EnvironmentChange(("GOOGLE_APPLICATION_CREDENTIALS", ServiceAccount(server.Address, rsa)));

        Assert.Equal("token-1", (await new ApplicationDefaultCredentials().GetTokenAsync(TestContext.Current.CancellationToken)).Value);
        Assert.Equal("project", new ApplicationDefaultCredentials().ProjectId);
        Environment.SetEnvironmentVariable("GOOGLE_APPLICATION_CREDENTIALS", "/not/there.json");
        Assert.Contains("GOOGLE_APPLICATION_CREDENTIALS names /not/there.json", (await FailAsync(new ApplicationDefaultCredentials())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_login_the_message_says_which_one_is_missing_and_what_is_not_one()
    {
        using var environment = new EnvironmentChange(("GOOGLE_APPLICATION_CREDENTIALS", null), ("CLOUDSDK_CONFIG", _folder.FullName), ("HOME", _folder.FullName), ("NO_GCE_CHECK", "true"));

        MissingCredentialsException exception = await FailAsync(new ApplicationDefaultCredentials());

        Assert.Contains("gcloud auth application-default login", exception.Message, StringComparison.Ordinal);
        Assert.Contains("plain 'gcloud auth login' is not enough", exception.Message, StringComparison.Ordinal);
        Assert.Contains("GOOGLE_APPLICATION_CREDENTIALS", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<MissingCredentialsException> FailAsync(ApplicationDefaultCredentials source) =>
        await Assert.ThrowsAsync<MissingCredentialsException>(async () => await source.GetTokenAsync(TestContext.Current.CancellationToken));

    private string ServiceAccount(string tokenAddress, RSA rsa) => Write(new JsonObject
    {
        ["type"] = "service_account",
        ["project_id"] = "project",
        ["private_key_id"] = "1",
        ["private_key"] = rsa.ExportPkcs8PrivateKeyPem(),
        ["client_email"] = "robot@project.iam.gserviceaccount.com",
        ["client_id"] = "1",
        ["token_uri"] = tokenAddress,
    }.ToJsonString());

    private string Write(string content)
    {
        string path = Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N") + ".json");
        File.WriteAllText(path, content);
        return path;
    }

    private static byte[] Decode(string base64Url) => System.Buffers.Text.Base64Url.DecodeFromChars(base64Url);

    private static string Impersonation(TokenServer server) => server.Address.Replace("/token", "/impersonate", StringComparison.Ordinal);

    private sealed class EnvironmentChange : IDisposable
    {
        private readonly (string Name, string? Value)[] _before;

        public EnvironmentChange(params (string Name, string? Value)[] values)
        {
            _before = [.. values.Select(static value => (value.Name, Environment.GetEnvironmentVariable(value.Name)))];
            Array.ForEach(values, static value => Environment.SetEnvironmentVariable(value.Name, value.Value));
        }

        public void Dispose() => Array.ForEach(_before, static value => Environment.SetEnvironmentVariable(value.Name, value.Value));
    }
}
