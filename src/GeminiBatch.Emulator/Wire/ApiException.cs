using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>An error answered in the shape of protocol.md 9.1.</summary>
internal sealed class ApiException(int status, JsonObject body) : Exception(body.Find("error").FindText("message"))
{
    public ApiException(int status, string statusName, string message, JsonArray? details = null)
        : this(status, Write(status, statusName, message, details))
    {
    }

    public int Status { get; } = status;

    public JsonObject Body { get; } = body;

    public static ApiException InvalidArgument(string message, JsonArray? details = null) => new(400, "INVALID_ARGUMENT", message, details);

    public static ApiException NotFound() => new(404, "NOT_FOUND", "Requested entity was not found.");

    public static ApiException NoFile(string id) =>
        new(403, "PERMISSION_DENIED", $"You do not have permission to access the File {id} or it may not exist.");

    public static ApiException NoModel(string model, string method) =>
        new(404, "NOT_FOUND", $"{model} is not found for API version v1beta, or is not supported for {method}. Call ListModels to see the list of available models and their supported methods.");

    public static ApiException UnknownName(string name, string path)
    {
        var text = path.Length == 0
            ? $"Invalid JSON payload received. Unknown name \"{name}\": Cannot find field."
            : $"Invalid JSON payload received. Unknown name \"{name}\" at '{path}': Cannot find field.";
        return InvalidArgument(text, BadRequest(path, text));
    }

    public static JsonArray BadRequest(string field, string description)
    {
        var violation = new JsonObject();
        if (field.Length > 0)
        {
            violation["field"] = field;
        }

        violation["description"] = description;
        return [new JsonObject { ["@type"] = "type.googleapis.com/google.rpc.BadRequest", ["fieldViolations"] = new JsonArray(violation) }];
    }

    public static JsonObject Write(int status, string statusName, string message, JsonArray? details)
    {
        var error = new JsonObject { ["code"] = status, ["message"] = message, ["status"] = statusName };
        if (details is not null)
        {
            error["details"] = details;
        }

        return new JsonObject { ["error"] = error };
    }
}
