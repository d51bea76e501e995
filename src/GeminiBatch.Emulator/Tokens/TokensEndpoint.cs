using System.Globalization;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Where credentials of every kind become access tokens (protocol: 5): OAuth refresh and JWT grants, token exchange, impersonation, and the metadata server.</summary>
internal sealed class TokensEndpoint(TimeProvider clock)
{
    private const string Scope = "https://www.googleapis.com/auth/cloud-platform";
    private const string Exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    private const string Assertion = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /// <summary>Null where the path is not one of these.</summary>
    public Task<ApiReply>? Route(ApiCall call)
    {
        string[] path = call.Segments;
        return (call.Request.Method, path) switch
        {
            ("POST", ["token"]) or ("POST", ["v1", "token"]) => GrantAsync(call),
            ("POST", ["v1", "projects", _, "serviceAccounts", var account]) when account.EndsWith(":generateAccessToken", StringComparison.Ordinal) => ImpersonateAsync(call),
            ("GET", ["computeMetadata", "v1", "instance", "service-accounts", _, "token"]) => MetadataAsync(call, json: true, IssuedToken.Make(clock.GetUtcNow())),
            ("GET", ["computeMetadata", "v1", "instance", "service-accounts", _, "email"]) => MetadataAsync(call, json: false, "emulator@demo-project.iam.gserviceaccount.com"),
            ("GET", ["computeMetadata", "v1", "project", "project-id"]) => MetadataAsync(call, json: false, "demo-project"),
            ("GET", []) or ("GET", ["computeMetadata", "v1"]) or ("GET", ["computeMetadata", "v1", "instance"]) when call.Header("Metadata-Flavor") is not null => MetadataAsync(call, json: false, "computeMetadata/\n"),
            _ => null,
        };
    }

    /// <summary>A grant whose credential begins with "bad" or "revoked" is refused as an expired login is.</summary>
    private async Task<ApiReply> GrantAsync(ApiCall call)
    {
        var form = await call.Request.ReadFormAsync(call.Aborted);
        var grant = form["grant_type"].ToString();
        await call.EnterAsync(EmulatedOperation.GetToken, grant);
        var credential = grant switch
        {
            "refresh_token" => form["refresh_token"].ToString(),
            Assertion => form["assertion"].ToString(),
            Exchange => form["subject_token"].ToString(),
            _ => null,
        };
        if (credential is null)
        {
            return Refuse("unsupported_grant_type", $"Invalid grant_type: {grant}");
        }

        if (credential.Length == 0 || credential.StartsWith("bad", StringComparison.Ordinal) || credential.StartsWith("revoked", StringComparison.Ordinal) || (grant == Assertion && credential.Split('.').Length != 3))
        {
            return Refuse("invalid_grant", grant == Assertion ? "Invalid JWT Signature." : "Token has been expired or revoked.");
        }

        var token = new JsonObject
        {
            ["access_token"] = IssuedToken.Make(clock.GetUtcNow()),
            ["expires_in"] = (int)IssuedToken.Lifetime.TotalSeconds,
            ["scope"] = Scope,
            ["token_type"] = "Bearer",
        };
        if (grant == Exchange)
        {
            token["issued_token_type"] = "urn:ietf:params:oauth:token-type:access_token";
        }

        return ApiReply.Ok(token);
    }

    private async Task<ApiReply> ImpersonateAsync(ApiCall call)
    {
        call.AuthenticateBearer(isRequired: true);
        await call.EnterAsync(EmulatedOperation.GetToken, "impersonation");
        var now = clock.GetUtcNow();
        return ApiReply.Ok(new JsonObject
        {
            ["accessToken"] = IssuedToken.Make(now),
            ["expireTime"] = (now + IssuedToken.Lifetime).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        });
    }

    private static async Task<ApiReply> MetadataAsync(ApiCall call, bool json, string value)
    {
        await call.EnterAsync(EmulatedOperation.GetToken, "metadata");
        if (call.Header("Metadata-Flavor") != "Google")
        {
            throw new ApiException(403, "PERMISSION_DENIED", "Missing Metadata-Flavor:Google header.");
        }

        var reply = json
            ? ApiReply.Ok(new JsonObject { ["access_token"] = value, ["expires_in"] = (int)IssuedToken.Lifetime.TotalSeconds, ["token_type"] = "Bearer" })
            : new ApiReply(200) { RawBody = value, ContentType = "application/text" };
        return reply with { Headers = [("Metadata-Flavor", "Google")] };
    }

    private static ApiReply Refuse(string error, string description) =>
        new(400, new JsonObject { ["error"] = error, ["error_description"] = description });
}
