using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GeminiBatch.Emulator;

/// <summary>One request on its way through the emulator: who asks, what logical call it is, and which faults strike it.</summary>
internal sealed class ApiCall(HttpContext http, FaultPlan plan, EmulatorClock clock)
{
    // Bodies other than uploads are small; inline jobs stay under 20 MB (protocol: 1.3) and get some room to be refused with a reason.
    private const int MaxBodyBytes = 64 * 1024 * 1024;

    private const int MaxRecordedBytes = 16 * 1024;

    public HttpContext Http { get; } = http;

    public HttpRequest Request => Http.Request;

    public CancellationToken Aborted => Http.RequestAborted;

    public EmulatedOperation Operation { get; private set; }

    public string Name { get; private set; } = "";

    public DateTimeOffset Arrived { get; } = clock.GetUtcNow();

    /// <summary>The body that was read, if it is small enough to be shown.</summary>
    public byte[]? Body { get; private set; }

    public IReadOnlyList<EmulatedFault> Faults { get; private set; } = [];

    /// <summary>The key that was sent, as a fingerprint: resources are owned by it and the key itself is never kept.</summary>
    public string Owner { get; private set; } = "";

    /// <summary>The path's segments, each decoded by itself: an encoded slash stays inside its segment.</summary>
    public string[] Segments { get; } = ReadSegments(http);

    public string? Query(string name) => Request.Query.TryGetValue(name, out var values) ? values.ToString() : null;

    public string? Header(string name) => Request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;

    public EmulatedFault? Fault(EmulatedFaultKind kind) => Faults.FirstOrDefault(fault => fault.Kind == kind);

    /// <summary>No key is refused with 403 and a key that starts with "bad" with 400, in Google's words (protocol: 9.1).</summary>
    public void Authenticate()
    {
        var key = Header("x-goog-api-key") ?? Query("key");
        if (string.IsNullOrWhiteSpace(key) && Header("Authorization") is not null)
        {
            AuthenticateBearer(isRequired: true);
            ActIn(Header("x-goog-user-project") ?? "oauth");
            return;
        }

        if (string.IsNullOrWhiteSpace(key))
        {
            throw new ApiException(403, "PERMISSION_DENIED", "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.");
        }

        if (key.StartsWith("bad", StringComparison.Ordinal))
        {
            const string message = "API key not valid. Please pass a valid API key.";
            throw ApiException.InvalidArgument(message,
            [
                new JsonObject
                {
                    ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo",
                    ["reason"] = "API_KEY_INVALID",
                    ["domain"] = "googleapis.com",
                    ["metadata"] = new JsonObject { ["service"] = "generativelanguage.googleapis.com" },
                },
                new JsonObject { ["@type"] = "type.googleapis.com/google.rpc.LocalizedMessage", ["locale"] = "en-US", ["message"] = message },
            ]);
        }

        Owner = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16];
    }

    /// <summary>A bearer token as Vertex AI and Cloud Storage want it. Without one, Vertex AI refuses; Cloud Storage takes what clients send to STORAGE_EMULATOR_HOST.</summary>
    public void AuthenticateBearer(bool isRequired)
    {
        const string scheme = "Bearer ";
        var header = Header("Authorization");
        if (header is null && !isRequired)
        {
            return;
        }

        if (header is null || !header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            throw Unauthenticated("CREDENTIALS_MISSING", "Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.");
        }

        if (!IssuedToken.IsAccepted(header[scheme.Length..].Trim(), Arrived))
        {
            throw Unauthenticated("ACCESS_TOKEN_EXPIRED", "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.");
        }
    }

    /// <summary>What is made in a project is owned by it, whoever asks.</summary>
    public void ActIn(string project) => Owner = "project-" + ProjectNumber.Of(project);

    /// <summary>Says what logical call this is, before it has any effect; faults that come before the effect strike here.</summary>
    public async Task EnterAsync(EmulatedOperation operation, string name)
    {
        Operation = operation;
        Name = name;
        Faults = plan.Next(operation, name);
        if (Fault(EmulatedFaultKind.Delay) is { } delay)
        {
            await clock.DelayUntilAsync(clock.GetUtcNow() + delay.Delay, Aborted);
        }

        if (Fault(EmulatedFaultKind.LoseRequest) is not null)
        {
            throw new LostConnectionException();
        }

        if (Fault(EmulatedFaultKind.Refuse) is { } refusal)
        {
            throw new RefusedByFaultException(FaultReply.For(refusal));
        }
    }

    public async Task<JsonNode?> ReadBodyAsync()
    {
        if (Request.ContentLength > MaxBodyBytes)
        {
            throw ApiException.InvalidArgument("Request payload size exceeds the limit: 20971520 bytes.");
        }

        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await Request.Body.ReadAsync(buffer, Aborted)) > 0)
        {
            if (body.Length + count > MaxBodyBytes)
            {
                throw ApiException.InvalidArgument("Request payload size exceeds the limit: 20971520 bytes.");
            }

            await body.WriteAsync(buffer.AsMemory(0, count), Aborted);
        }

        if (body.Length == 0)
        {
            return null;
        }

        if (ProtoJson.TryParse(body.GetBuffer().AsSpan(0, (int)body.Length), out var node) && node is JsonObject)
        {
            Body = body.Length <= MaxRecordedBytes ? body.ToArray() : null;
            return node;
        }

        throw ApiException.InvalidArgument("Invalid JSON payload received. Expected an object.");
    }

    private static ApiException Unauthenticated(string reason, string message) => new(401, "UNAUTHENTICATED", message,
    [
        new JsonObject
        {
            ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo",
            ["reason"] = reason,
            ["domain"] = "googleapis.com",
        },
    ]);

    private static string[] ReadSegments(HttpContext http)
    {
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "/";
        var end = target.IndexOf('?', StringComparison.Ordinal);
        return [.. (end < 0 ? target : target[..end]).Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
    }
}
