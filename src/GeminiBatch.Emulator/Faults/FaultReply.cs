using System.Globalization;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>The body that Google sends with a status (protocol: 9.1).</summary>
internal static class FaultReply
{
    public static ApiReply For(EmulatedFault fault)
    {
        if (fault.Body is { } body)
        {
            return new ApiReply(fault.Status) { RawBody = body, ContentType = body.TrimStart().StartsWith('<') ? "text/html; charset=UTF-8" : "application/json; charset=UTF-8" };
        }

        var (name, message) = Describe(fault.Status);
        var details = fault.Status == 429 ? QuotaDetails(fault.RetryDelay) : null;
        return new ApiReply(fault.Status, ApiException.Write(fault.Status, name, message, details));
    }

    private static (string Name, string Message) Describe(int status) => status switch
    {
        400 => ("INVALID_ARGUMENT", "Request contains an invalid argument."),
        401 => ("UNAUTHENTICATED", "Request had invalid authentication credentials."),
        403 => ("PERMISSION_DENIED", "The caller does not have permission"),
        404 => ("NOT_FOUND", "Requested entity was not found."),
        409 => ("ABORTED", "The operation was aborted."),
        429 => ("RESOURCE_EXHAUSTED", "You exceeded your current quota, please check your plan and billing details."),
        499 => ("CANCELLED", "The operation was cancelled."),
        500 => ("INTERNAL", "An internal error has occurred. Please retry."),
        501 => ("UNIMPLEMENTED", "Operation is not implemented, or supported, or enabled."),
        504 => ("DEADLINE_EXCEEDED", "Deadline expired before operation could complete."),
        _ => ("UNAVAILABLE", "The service is currently unavailable."),
    };

    private static JsonArray QuotaDetails(TimeSpan? retryDelay)
    {
        JsonArray details =
        [
            new JsonObject
            {
                ["@type"] = "type.googleapis.com/google.rpc.QuotaFailure",
                ["violations"] = new JsonArray(new JsonObject
                {
                    ["quotaMetric"] = "generativelanguage.googleapis.com/batch_enqueued_tokens",
                    ["quotaId"] = "BatchEnqueuedTokensPerModel",
                }),
            },
        ];
        if (retryDelay is { } delay)
        {
            details.Add((JsonNode)new JsonObject
            {
                ["@type"] = "type.googleapis.com/google.rpc.RetryInfo",
                ["retryDelay"] = delay.TotalSeconds.ToString("0.#########", CultureInfo.InvariantCulture) + "s",
            });
        }

        return details;
    }
}
