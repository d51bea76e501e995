using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBatch.GoogleAuth.Tests;

/// <summary>Protocol 5: access tokens from Application Default Credentials.</summary>
public sealed class ApplicationDefaultCredentialsTests : IDisposable
{
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
}
