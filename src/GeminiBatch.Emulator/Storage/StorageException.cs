using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Errors in Cloud Storage's own shape: a list of errors and no status (protocol: 4, 9.1).</summary>
internal static class StorageException
{
    public static ApiException NoObject(string bucket, string name) => Make(404, "notFound", $"No such object: {bucket}/{name}");

    public static ApiException NoBucket() => Make(404, "notFound", "The specified bucket does not exist.");

    public static ApiException NoUpload() => Make(404, "notFound", "Upload not found");

    public static ApiException Conflict(string message) => Make(409, "conflict", message);

    public static ApiException Required(string message) => Make(400, "required", message);

    public static ApiException Invalid(string message) => Make(400, "invalid", message);

    public static ApiException Denied(string permission, string bucket) =>
        Make(403, "forbidden", $"The caller does not have {permission} access to the Google Cloud Storage bucket {bucket}. Permission '{permission}' denied on resource (or it may not exist).");

    public static ApiException Precondition() => new(
        412,
        Write(412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.", ("locationType", "header"), ("location", "If-Match")));

    public static ApiException Make(int status, string reason, string message) => new(status, Write(status, reason, message));

    /// <summary>Any other error of the emulator, as Cloud Storage would put it.</summary>
    public static JsonObject Rewrite(JsonNode body)
    {
        var error = body.Find("error");
        var status = (int)(error.FindInteger("code") ?? 500);
        var reason = status switch
        {
            400 => "invalid",
            401 => "required",
            403 => "forbidden",
            404 => "notFound",
            409 => "conflict",
            429 => "rateLimitExceeded",
            >= 500 => "backendError",
            _ => "invalid",
        };
        return Write(status, reason, error.FindText("message") ?? "");
    }

    private static JsonObject Write(int status, string reason, string message, params ReadOnlySpan<(string Name, string Value)> more)
    {
        var entry = new JsonObject { ["message"] = message, ["domain"] = "global", ["reason"] = reason };
        foreach (var (name, value) in more)
        {
            entry[name] = value;
        }

        return new JsonObject { ["error"] = new JsonObject { ["code"] = status, ["message"] = message, ["errors"] = new JsonArray(entry) } };
    }
}
